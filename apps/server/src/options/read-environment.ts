import { KindlingError } from "@kindling/node";
import type { z } from "zod";
import { serverOptions } from "./server-options.ts";

const prefix = "KINDLING_SERVE_";
/** Bearer tokens by environment; a flag would show them in the list of processes. */
export const tokensVariable = `${prefix}TOKENS`;

/**
 * Reads the options of a server from its environment: `--max-megapixels` is `KINDLING_SERVE_MAX_MEGAPIXELS`. Values are
 * unchecked texts, but for switches, which are `true` or `false`.
 *
 * @param schema those of a server, with what the command adds to them.
 * @throws {KindlingError} `invalid-option` for a name with the prefix that is no option, or a switch of another value.
 * @example
 * // runs
 * readEnvironment({ KINDLING_SERVE_PORT: "9000", PATH: "/bin" }); // { port: "9000" }
 */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  schema: z.ZodObject = serverOptions,
): Record<string, unknown> {
  const names = new Map(Object.keys(schema.shape).map((name) => [variableOf(name), name]));
  const values: Record<string, unknown> = {};
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith(prefix) || variable === tokensVariable || value === undefined) continue;
    const name = names.get(variable);
    if (name === undefined) {
      const known = [...names.keys(), tokensVariable].join(", ");
      throw new KindlingError("invalid-option", `${variable}: there is no such option; there are ${known}.`);
    }
    values[name] = name === "trustProxy" ? readSwitch(variable, value) : value;
  }
  return values;
}

function variableOf(name: string): string {
  return prefix + name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase();
}

function readSwitch(variable: string, value: string): boolean {
  if (value === "true" || value === "false") return value === "true";
  throw new KindlingError("invalid-option", `${variable}: expected true or false; got ${value}.`);
}
