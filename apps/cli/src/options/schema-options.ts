import { KindlingError } from "@kindling/node";
import { type Command, Option } from "commander";
import type { z } from "zod";

/**
 * Adds the options of a schema to a command, so that help and checks have one source.
 *
 * @param schema the `meta` of each field holds its `flags` in commander's notation and its `description`; options that
 * can be repeated are arrays.
 */
export function addSchemaOptions(command: Command, schema: z.ZodObject): Command {
  for (const [name, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const { flags, description } = field.meta() ?? {};
    if (typeof flags !== "string") throw new KindlingError("internal", `The option ${name} has no flags.`);
    const option = new Option(flags, description);
    const initial = field.safeParse(undefined).data;
    if (Array.isArray(initial)) option.argParser((value: string, previous?: string[]) => [...(previous ?? []), value]);
    else if (initial !== undefined && initial !== false) option.default(initial);
    command.addOption(option);
  }
  return command;
}

/**
 * Checks the values of a command's options and returns them with defaults.
 *
 * @throws {KindlingError} `invalid-option`, naming each wrong option, its value and what was expected.
 */
export function checkOptions<Schema extends z.ZodObject>(schema: Schema, values: object): z.infer<Schema> {
  // Most often a variable of a script that is not set: an empty folder would be the one the command runs in.
  const empty = Object.entries(values).filter(([, value]) => value === "");
  if (empty.length > 0) {
    const lines = empty.map(([name]) => `${flagOf(name)}: expected a value; it is empty`);
    throw new KindlingError("invalid-option", `${lines.join("; ")}.`);
  }
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const value = (values as Record<string, unknown>)[name];
    return `${flagOf(name)}${value === undefined ? "" : ` ${String(value)}`}: ${message}`;
  });
  throw new KindlingError("invalid-option", lines.join("; "));
}

/** An option as it is typed: `maxMegapixels` becomes `--max-megapixels`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}
