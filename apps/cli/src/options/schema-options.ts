import { KindlingError } from "@kindling/node";
import { type Command, Option } from "commander";
import type { z } from "zod";

/**
 * Gives a command the options its schema describes, so that help and check come from one place.
 * Each field's `meta` holds `flags` in commander's notation and a `description`; repeatable ones are arrays.
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
 * Checks the values of a command's options and returns them.
 *
 * @throws {KindlingError} `invalid-option`, naming the option, what it takes and what it was given.
 */
export function checkOptions<Schema extends z.ZodObject>(schema: Schema, values: object): z.infer<Schema> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `--${flagOf(name)} ${String((values as Record<string, unknown>)[name])}: ${message}`;
  });
  throw new KindlingError("invalid-option", lines.join("\n"));
}

/** An option's name as it is typed: `maxMegapixels` is `max-megapixels`. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}
