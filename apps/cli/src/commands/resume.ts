import { resumeQueue } from "@kindling/worker";
import type { Command } from "commander";
import { queueOptions } from "../options/fleet-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";

/** Defines `kindling resume`: lets workers go on after `kindling pause`. */
export function defineResume(command: Command): void {
  command.description("Lets the workers of a queue go on after kindling pause.");
  addSchemaOptions(command, queueOptions).action(async (values: object) => {
    await resumeQueue(checkOptions(queueOptions, values));
    process.stdout.write("Resumed.\n");
  });
}
