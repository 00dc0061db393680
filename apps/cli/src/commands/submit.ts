import { followedBy, KindlingError } from "@kindling/node";
import { printableText } from "@kindling/node/internal";
import { submitPhotos } from "@kindling/worker";
import type { Command } from "commander";
import type { z } from "zod";
import { fitOptions } from "../options/fit-options.ts";
import { submitOptions } from "../options/fleet-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const examples = `
Examples:
  kindling submit /mnt/photos -o /mnt/lit --queue redis://queue.local     a folder that all machines have
  kindling submit s3://archive/2024 -o s3://archive/lit --light 2         from and to S3-compatible storage
  kindling submit --list photos.txt --base /mnt/photos -o /mnt/lit        the photos that a file names
  kindling submit /mnt/new -o /mnt/lit --priority 1                       before all that waits

Workers (kindling work) on any machine take the photos; kindling status shows how far they are.
A photo that waits already is not added again: the same command continues where it was stopped, and adds what is new.
Results keep their path below the folder. Where a result has another format, its ending is added: night.cr2.jpg.
KINDLING_QUEUE holds the address of the queue, so that its password is in no list of processes. Keys of storage come from
the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, and AWS_ENDPOINT_URL where it is not Amazon's.`;

/** Defines `kindling submit`: puts photos into the queue of a fleet. */
export function defineSubmit(command: Command, exitWith: (status: number) => void): void {
  command
    .description("Puts photos into a queue, from which any number of machines enhance them.")
    .argument("[photos...]", "folders with their subfolders, photos, or s3://bucket/prefix");
  addSchemaOptions(command, submitOptions)
    .addHelpText("after", examples)
    .action(async (inputs: string[], values: object) =>
      exitWith(await submit(inputs, checkOptions(submitOptions, values))),
    );
}

/** Time between two lines of progress. */
const lineEveryMs = 10_000;

async function submit(inputs: readonly string[], given: z.infer<typeof submitOptions>): Promise<number> {
  const { then, json, ...rest } = given;
  if (inputs.length === 0 && rest.list === undefined) {
    throw new KindlingError("invalid-option", "expected folders, photos or s3:// addresses, or --list; got none.");
  }
  const method = then === undefined ? rest.method : followedBy(rest.method, then);
  const { fitted: options, notes } = fitOptions(method, { ...rest, method });
  return runInterruptibly(async (signal) => {
    for (const note of notes) process.stderr.write(note);
    let toldAt = performance.now();
    const onProgress = (submitted: number) => {
      if (performance.now() - toldAt < lineEveryMs) return;
      toldAt = performance.now();
      if (json) process.stdout.write(`${JSON.stringify({ event: "progress", submitted })}\n`);
      else process.stderr.write(`${submitted} photos submitted\n`);
    };
    const { submitted, isPersistent } = await submitPhotos({
      ...options,
      inputs,
      signal,
      onProgress,
    });
    if (json) {
      process.stdout.write(`${JSON.stringify({ event: "end", submitted, isPersistent, stopped: signal.aborted })}\n`);
      return 0;
    }
    if (!isPersistent) {
      process.stderr.write("note: the queue's server keeps photos in memory only: start it with --appendonly yes.\n");
    }
    const out = printableText(options.out);
    const ending = signal.aborted ? "Stopped. Run the same command again to continue." : `Results: ${out}`;
    process.stdout.write(`${submitted} photos submitted. ${ending}\n`);
    return 0;
  });
}
