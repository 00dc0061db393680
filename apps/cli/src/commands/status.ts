import { type FleetStatus, followStatus, readStatus } from "@kindling/worker";
import type { Command } from "commander";
import type { z } from "zod";
import { printedQueueOptions } from "../options/fleet-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { openFleetBar } from "../report/fleet-bar.ts";
import { formatFleetStatus } from "../report/format-fleet-status.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
At a terminal it stays and shows progress until no photo is left or Ctrl-C; elsewhere, and with --json, it prints once.
done counts photos with results, enhanced those whose results had to be made; failed are those set aside, delayed those
that are tried again later.`;

/** Defines `kindling status`: shows how far the job of a fleet is. */
export function defineStatus(command: Command, exitWith: (status: number) => void): void {
  command.description("Shows how far the job of a fleet is, from any machine.");
  addSchemaOptions(command, printedQueueOptions)
    .addHelpText("after", notes)
    .action(async (values: object) => exitWith(await status(checkOptions(printedQueueOptions, values))));
}

async function status({ json, ...queue }: z.infer<typeof printedQueueOptions>): Promise<number> {
  if (json || !process.stdout.isTTY) {
    const known = await readStatus(queue);
    process.stdout.write(`${json ? JSON.stringify(known) : formatFleetStatus(known)}\n`);
    return 0;
  }
  return runInterruptibly(async (signal) => {
    const bar = openFleetBar();
    let last: FleetStatus | undefined;
    try {
      for await (const known of followStatus({ ...queue, signal })) {
        last = known;
        bar.show(known);
        if (known.waiting + known.active + known.delayed === 0) break;
      }
    } finally {
      bar.stop();
      if (last) process.stdout.write(`${formatFleetStatus(last)}\n`);
    }
    return 0;
  });
}
