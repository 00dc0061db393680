import { dirname, join, parse, relative, resolve } from "node:path";
import { KindlingError } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { type EdgeMap, edgeMapOf, groupScenes } from "@kindling/lab/internal";
import type { BatchPlan } from "../../batch/batch-plan.ts";
import { readError } from "../../photo/file-errors.ts";
import { pathExists } from "../../photo/path-exists.ts";
import { readPhoto } from "../../photo/photo-file.ts";
import { findPairs } from "../pairs/find-pairs.ts";
import { listPhotos } from "../pairs/list-photos.ts";
import type { PlannedScene } from "./scene-pair.ts";

/** How scenes are found. */
export interface PlanScenesOptions {
  readonly out: string;
  readonly format: "png" | "webp";
  /** Scenes of fewer frames fail. */
  readonly leastFrames: number;
  readonly maxMegapixels: number;
  readonly signal: AbortSignal;
  /** Called with the number of photos read and that of all. */
  onRead(done: number, total: number): void;
}

/** Photos decoded at the same time while scenes are looked for: libvips decodes on threads of its own. */
const readersAtOnce = 4;

/**
 * Reads all photos of a folder of exposure brackets, finds its scenes, and plans the files of each below `out`: the fused
 * picture in `normal`, copies of the frames in `low`.
 *
 * Splits are those of a `pairs.csv` in the folder or the one above it: a scene with a frame that this table puts into
 * another split than `train` belongs to that split as a whole.
 *
 * @throws {KindlingError} `not-found` or `unreadable` for the folder; `cancelled`.
 */
export async function planScenes(folder: string, options: PlanScenesOptions): Promise<BatchPlan<PlannedScene>> {
  const { out, format, leastFrames, maxMegapixels, signal, onRead } = options;
  const files = await listPhotos(folder);
  const failures: { input: string; error: KindlingError }[] = [];
  const maps = new Map<string, EdgeMap>();
  let done = 0;
  const queue = files.values();
  const reader = async () => {
    for (const file of queue) {
      throwIfCancelled(signal);
      try {
        maps.set(file, edgeMapOf((await readPhoto(file, { maxMegapixels })).picture));
      } catch (cause) {
        failures.push({ input: file, error: readError(file, cause) });
      }
      onRead(++done, files.length);
    }
  };
  await Promise.all(Array.from({ length: readersAtOnce }, reader));

  const frames = files.flatMap((input) => {
    const map = maps.get(input);
    return map === undefined ? [] : [{ input, map, low: join(out, "low", relative(folder, input)) }];
  });
  const splitOf = await knownSplits(folder);
  const photos: PlannedScene[] = [];
  for (const numbers of groupScenes(frames.map(({ map }) => map))) {
    const own = numbers.flatMap((number) => frames[number] ?? []);
    const [first] = own;
    if (first === undefined) continue;
    if (own.length < leastFrames) {
      const reason = `its edges agree with too few photos of the folder: a scene of ${own.length}, expected ${leastFrames} or more`;
      for (const frame of own) failures.push({ input: frame.input, error: notBracket(frame.input, reason) });
      continue;
    }
    const { dir, name } = parse(relative(folder, first.input));
    const splits = own.flatMap((frame) => splitOf.get(resolve(frame.input)) ?? []);
    photos.push({
      input: first.input,
      output: join(out, "normal", dir, `${name}.${format}`),
      companions: own.map(({ low }) => low),
      sources: own.map(({ input }) => input),
      scene: join(dir, name),
      frames: own.map((frame) => ({ input: frame.input, low: frame.low, meanLuma: frame.map.meanLuma })),
      split: splits.find((split) => split !== "train") ?? "train",
    });
  }
  return { photos, failures, folder: out, format };
}

function notBracket(file: string, reason: string): KindlingError {
  return new KindlingError("invalid-option", `${file}: ${reason}. Lower --least-frames, or take it out of the folder.`);
}

/** Splits of photos by their absolute paths, from a table of pairs in the folder or the one above. */
async function knownSplits(folder: string): Promise<ReadonlyMap<string, string>> {
  const splits = new Map<string, string>();
  for (const place of [folder, dirname(resolve(folder))]) {
    const table = join(place, "pairs.csv");
    if (!(await pathExists(table))) continue;
    for (const { low, normal, split } of (await findPairs(table)).pairs) {
      if (split === undefined) continue;
      splits.set(low, split);
      splits.set(normal, split);
    }
    return splits;
  }
  return splits;
}
