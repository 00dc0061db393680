import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSafetensors } from "@kindling/nets";
import { writePairs } from "./pair-data.ts";
import { scratchFolder } from "./run-kindling.ts";

/** A scratch folder with pairs of these names. */
export async function dataOf(names: readonly string[] = ["a", "b", "c", "d"]): Promise<string> {
  const data = join(scratchFolder(), "data");
  await writePairs(data, names);
  return data;
}

/** A training of seconds. */
export const small = (data: string, out: string, steps = 40) => [
  "train",
  "msr-net",
  ...["--pairs", data, "-o", out, "--steps", String(steps), "--batch", "2", "--crop", "16", "--json", "-j", "1"],
];

/** What the checkpoint of a run holds. */
export const tensorsOf = (run: string) =>
  readSafetensors(readFileSync(join(run, "checkpoint.safetensors")), "checkpoint.safetensors");
/** How many steps of its stage a run has behind it. */
export const stepOf = (run: string) => tensorsOf(run).get("progress/step")?.values[0] ?? Number.NaN;

/** The table of a run without its speeds. */
export function metricsOf(run: string): Record<string, string>[] {
  const [header = "", ...lines] = readFileSync(join(run, "metrics.csv"), "utf8").trimEnd().split("\n");
  const columns = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    const { "images-per-second": _, ...row } = Object.fromEntries(columns.map((column, i) => [column, cells[i]]));
    return row;
  });
}
