import { join, relative, sep } from "node:path";
import { KindlingError } from "@kindling/core";
import { escapeFormula } from "@kindling/lab/internal";
import { stringify } from "csv-stringify/sync";
import { pathExists } from "../../photo/path-exists.ts";
import { readPhoto } from "../../photo/photo-file.ts";
import { writeText } from "../../photo/write-text.ts";
import { readTable } from "../pairs/read-table.ts";
import { meanLumaOf } from "./mean-luma.ts";
import type { PlannedScene } from "./scene-pair.ts";

/** Name of the table of pairs in their folder. */
const tableName = "pairs.csv";

const header = ["low", "normal", "scene", "split", "low_luma", "normal_luma", "source"];

/** A frame brighter than the fused picture by this factor is one that an enhancer would have to darken. */
const brighterBy = 1.1;

/**
 * Refuses a folder whose table another program or command made.
 *
 * @throws {KindlingError} `exists`, unless `overwrite`.
 */
export async function requireOwnTable(out: string, overwrite: boolean): Promise<void> {
  const path = join(out, tableName);
  if (overwrite || !(await pathExists(path))) return;
  try {
    await readTable(path, header);
  } catch (cause) {
    if (!(cause instanceof KindlingError && cause.code === "damaged")) throw cause;
    const remedy = "Choose another --out, or give --overwrite to replace it.";
    throw new KindlingError("exists", `${path} is there already and was not made by this command. ${remedy}`);
  }
}

/**
 * Writes the table: a row for each frame of each finished scene. Mean luma counts in levels, 0 to 255.
 *
 * @param knownLuma mean luma of fused pictures by their paths, 0 to 1; others are read.
 * @param skipBrighter leaves out frames whose mean luma is above 1.1 times that of the fused picture.
 */
export async function writeSceneTable(
  out: string,
  finished: readonly PlannedScene[],
  knownLuma: ReadonlyMap<string, number>,
  skipBrighter: boolean,
): Promise<void> {
  const rows: Record<string, string>[] = [];
  for (const { output, frames, scene, split } of finished) {
    const fused = knownLuma.get(output) ?? meanLumaOf((await readPhoto(output)).picture);
    for (const { input, low, meanLuma } of frames) {
      if (skipBrighter && meanLuma > brighterBy * fused) continue;
      rows.push({
        low: tablePath(out, low),
        normal: tablePath(out, output),
        scene: scene.split(sep).join("/"),
        split,
        low_luma: (255 * meanLuma).toFixed(1),
        normal_luma: (255 * fused).toFixed(1),
        source: input,
      });
    }
  }
  if (rows.length > 0)
    await writeText(
      join(out, tableName),
      stringify(rows, { header: true, columns: header, cast: { string: escapeFormula } }),
    );
}

/** Converts a path to one relative to the table's folder, with forward slashes, which every operating system reads. */
function tablePath(out: string, path: string): string {
  return relative(out, path).split(sep).join("/");
}
