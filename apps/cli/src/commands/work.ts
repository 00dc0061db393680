import { workOnPhotos } from "@kindling/worker";
import type { Command } from "commander";
import type { z } from "zod";
import { workOptions } from "../options/fleet-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { createWorkReporter } from "../report/work-reporter.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const examples = `
Examples:
  kindling work --queue redis://queue.local            until it is stopped
  kindling work --queue redis://queue.local --drain    until no photo is left
  kindling work --jobs 2                               two photos at the same time; KINDLING_QUEUE has the address

Ctrl-C or SIGTERM: finishes the photos in work and ends; a second one ends at once, and other workers take its photos.
A photo that fails is tried again later, by any worker; one that cannot be read or fails too often is set aside
(kindling failed). Exit status: 0 drained, 130 stopped, 2 wrong usage.`;

/** Defines `kindling work`: enhances the photos of a queue. */
export function defineWork(command: Command, exitWith: (status: number) => void): void {
  command.description("Enhances the photos of a queue, as one of any number of workers on any number of machines.");
  addSchemaOptions(command, workOptions)
    .addHelpText("after", examples)
    .action(async (values: object) => exitWith(await work(checkOptions(workOptions, values))));
}

async function work({ json, lease, maxMemory, ...options }: z.infer<typeof workOptions>): Promise<number> {
  return runInterruptibly(async (signal) => {
    const reporter = createWorkReporter(json);
    const given = { ...options, leaseSeconds: lease, maxMemoryBytes: maxMemory, reporter, signal };
    reporter.end(await workOnPhotos(given));
    return 0;
  });
}
