import { cancelPhotos } from "@kindling/worker";
import type { Command } from "commander";
import { queueOptions } from "../options/fleet-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";

/** Defines `kindling cancel`: takes the photos that wait out of a queue. */
export function defineCancel(command: Command): void {
  command.description(
    "Takes all photos that wait out of a queue. Those in work are finished; results and photos set aside stay.",
  );
  addSchemaOptions(command, queueOptions).action(async (values: object) => {
    const count = await cancelPhotos(checkOptions(queueOptions, values));
    process.stdout.write(`${count} photos taken out of the queue.\n`);
  });
}
