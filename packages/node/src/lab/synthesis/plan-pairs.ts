import { join, parse, relative } from "node:path";
import { KindlingError } from "@kindling/core";
import { type BatchPlan, planBatch } from "../../batch/batch-plan.ts";
import type { PlannedPair } from "./dark-pair.ts";

/**
 * Finds the photos of files, folders and globs, and plans two files below `out` for each version of each photo: in `low` and
 * `normal`, with equal names, which end in `-1`, `-2` and so on if there are several versions.
 *
 * @throws {KindlingError} `invalid-option` where `out` is the name of a photo and not of a folder.
 */
export async function planPairs(
  inputs: readonly string[],
  out: string,
  format: "png" | "webp",
  versions: number,
): Promise<BatchPlan<PlannedPair>> {
  const plan = await planBatch(inputs, out, { format });
  if (plan.folder === undefined) {
    throw new KindlingError("invalid-option", `--out ${out}: expected a folder, since each photo becomes two files.`);
  }
  const photos = plan.photos.flatMap(({ input, output }) => {
    const { dir, name, ext } = parse(relative(out, output));
    return Array.from({ length: versions }, (_, version): PlannedPair => {
      const drawnFor = join(dir, versions === 1 ? name : `${name}-${version + 1}`);
      const [low, normal] = [join(out, "low", drawnFor + ext), join(out, "normal", drawnFor + ext)];
      return { input, output: low, companions: [normal], drawnFor, subject: "photo" };
    });
  });
  return { ...plan, photos };
}
