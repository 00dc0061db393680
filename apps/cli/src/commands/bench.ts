import { measureSpeed, type SpeedReport, type SpeedRow } from "@kindling/node/lab";
import type { Command } from "commander";
import type { z } from "zod";
import { benchOptions } from "../options/bench-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { openEvaluationBar } from "../report/evaluation-bar.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling bench                                       Ember and LIME, small and large: a minute or two
  kindling bench ember ember.int8 --size 1000x1000     which weights are quicker here
  kindling bench ember.fastest                         chooses its weights anew for later commands
  kindling bench ember --threads 1                     as in a batch with a photo on every core

It prints Markdown to paste into an issue. Times are from the integers of a decoded photo to those of the result; the files
of photos are not counted. The share of the ceiling compares a network's arithmetic with a large matrix product here.
Exit status: 0 measured, 1 a method could not be run, 2 wrong usage, 130 stopped.`;

const defaultSizes = [
  { width: 640, height: 480 },
  { width: 4000, height: 3000 },
];

/** Defines `kindling bench`: measures speed and memory of methods on this machine. */
export function defineBench(command: Command, exitWith: (status: number) => void): void {
  command
    .description("Measures how fast methods are on this machine, and how much memory they take.")
    .argument("[methods...]", "methods and networks (default: ember, ember.int8 and lime)");
  addSchemaOptions(command, benchOptions)
    .addHelpText("after", notes)
    .action(async (methods: string[], values: object) =>
      exitWith(await bench(methods, checkOptions(benchOptions, values))),
    );
}

async function bench(
  methods: readonly string[],
  { size, json, ...options }: z.infer<typeof benchOptions>,
): Promise<number> {
  const bar = openEvaluationBar();
  return runInterruptibly(async (signal) => {
    const report = await measureSpeed({
      ...options,
      methods: methods.length > 0 ? methods : ["ember", "ember.int8", "lime"],
      sizes: size.length > 0 ? size : defaultSizes,
      signal,
      onProgress: bar.show,
    }).finally(bar.stop);
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : formatReport(report));
    return 0;
  });
}

function formatReport({ rows, ...machine }: SpeedReport): string {
  const { version, node, platform, processor, cores, memoryBytes, device, threads, ceilingMacsPerSecond } = machine;
  const gigaflops = (2 * ceilingMacsPerSecond) / 1e9;
  const where = `${processor}, ${cores} cores, ${(memoryBytes / 1e9).toFixed(0)} GB; device ${device}, ${threads} threads`;
  const heads = [
    "photo",
    "end to end",
    "processor",
    "first",
    "analysis",
    "relighting",
    "MP/s",
    "peak memory",
    "of ceiling",
  ];
  return [
    `kindling ${version}, Node ${node}, ${platform}; ${where}; matrix products ${gigaflops.toFixed(0)} GFLOP/s.`,
    "",
    `| method | ${heads.join(" | ")} |`,
    `| --- |${" ---: |".repeat(heads.length)}`,
    ...rows.map((row) => `| ${cellsOf(row).join(" | ")} |`),
    "",
  ].join("\n");
}

function cellsOf(row: SpeedRow): string[] {
  const { method, width, height, wholeMs, processorMs, firstMs, analysisMs, relightingMs } = row;
  const times = [wholeMs, processorMs, firstMs, analysisMs, relightingMs];
  return [
    method,
    `${width}x${height}`,
    ...times.map((ms) => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`),
    row.megapixelsPerSecond.toFixed(2),
    `${(row.peakBytes / 1e6).toFixed(0)} MB`,
    row.ceilingShare === undefined ? "" : `${(100 * row.ceilingShare).toFixed(0)} %`,
  ];
}
