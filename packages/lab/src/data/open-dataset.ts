import { KindlingError, type ModelTensors } from "@kindling/core";
import type { BatchDraw } from "./batch-draw.ts";
import type { AlignedPlan, DataPlan, UnpairedPlan } from "./data-plan.ts";
import { type AlignedScene, drawAligned } from "./draw-aligned.ts";
import { drawUnpaired } from "./draw-unpaired.ts";
import { emptyBatch, fillBatch } from "./fill-batch.ts";
import { groupExposures } from "./group-exposures.ts";
import type { DataSummary, PhotoReader, SourcePairs } from "./photo-source.ts";
import { PictureStore } from "./picture-store.ts";
import { problemsError } from "./problems-error.ts";
import type { ImageFacts, TrainingImage } from "./training-image.ts";

/** Checked photos, from which batches are drawn. */
export interface Dataset {
  readonly summary: DataSummary;
  /**
   * Makes the batch of a step, in the memory of an older batch where one is given.
   *
   * @throws {KindlingError} where a file has changed since the data were checked.
   */
  makeBatch(step: number, into?: ModelTensors): Promise<ModelTensors>;
}

/** How a dataset is opened. */
export interface DatasetOptions {
  readonly photos: PhotoReader;
  /** Memory in bytes that decoded photos may fill together. */
  readonly budgetBytes: number;
  /** Called with the number of checked photos and that of all. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Finds the photos of a plan and decodes every one of them, so that faults show before the first step.
 *
 * @throws {KindlingError} one error that names every fault: missing partners, unequal sizes, photos smaller than the crop,
 * files that cannot be read.
 * @example
 * declare const stageData: DataPlan;
 * const options = { photos: source, budgetBytes: 1e9, onProgress: () => undefined };
 * const { summary, makeBatch } = await openDataset(stageData, options);
 * const first = await makeBatch(0);
 */
export async function openDataset(plan: DataPlan, options: DatasetOptions): Promise<Dataset> {
  return plan.kind === "aligned" ? openAligned(plan, options) : openUnpaired(plan, options);
}

async function openAligned(plan: AlignedPlan, options: DatasetOptions): Promise<Dataset> {
  const found = await Promise.all(plan.pairs.map((source) => options.photos.findPairs(source, plan.split)));
  const pairs = found.flatMap((part) => part.pairs);
  const problems = found.flatMap(({ failures }) => failures.map(({ error }) => error));
  const paths = [...new Set(pairs.flatMap(({ low, normal }) => [low, normal]))];
  const numberOf = new Map(paths.map((path, index) => [path, index]));
  const number = (path: string) => numberOf.get(path) ?? 0;
  const { store, facts } = await inspect(paths, plan.draw.cropPx, options, problems);

  const numbered = pairs.map(({ low, normal }): [number, number] => [number(low), number(normal)]);
  for (const [low, normal] of numbered) {
    const [a, b] = [facts[low], facts[normal]];
    if (!a || !b || (a.width === b.width && a.height === b.height)) continue;
    problems.push(
      new KindlingError(
        "invalid-option",
        `${paths[low]}: ${size(a)}, but its partner ${paths[normal]} has ${size(b)}. Give both the same size.`,
      ),
    );
  }
  if (problems.length > 0) throw problemsError(plan.pairs.join(", "), problems);

  const brightness = (image: number) => facts[image]?.meanLuma ?? 0;
  const groups = plan.anyTwoExposures
    ? groupExposures(numbered).map((group) => group.sort((a, b) => brightness(a) - brightness(b)))
    : numbered;
  const repeatOf = repeatsByPhoto(plan, found, number);
  const scenes = groups.flatMap((exposures): AlignedScene[] => {
    const [first = -1] = exposures;
    const known = facts[first];
    if (!known) return [];
    return new Array<AlignedScene>(repeatOf.get(first) ?? 1).fill({
      width: known.width,
      height: known.height,
      exposures,
    });
  });
  return {
    summary: summarise(scenes.length, store),
    makeBatch: batchMaker(plan, store, (step) => drawAligned(scenes, plan.draw, step)),
  };
}

/** Finds how often each photo's scene comes in an epoch, from the option of its source. */
function repeatsByPhoto(
  { repeat = [] }: AlignedPlan,
  found: readonly SourcePairs[],
  number: (path: string) => number,
): Map<number, number> {
  return new Map(
    found.flatMap(({ pairs }, source) =>
      pairs.flatMap(({ low, normal }) => [low, normal].map((path) => [number(path), repeat[source] ?? 1] as const)),
    ),
  );
}

async function openUnpaired(plan: UnpairedPlan, options: DatasetOptions): Promise<Dataset> {
  const problems: KindlingError[] = [];
  const listFolder = async (folder: string) => {
    try {
      return await options.photos.listPhotos(folder);
    } catch (error) {
      if (!(error instanceof KindlingError)) throw error;
      problems.push(error);
      return [];
    }
  };
  const found = await Promise.all(plan.pairs.map((source) => options.photos.findPairs(source, plan.split)));
  problems.push(...found.flatMap(({ failures }) => failures.map(({ error }) => error)));
  const photosOf = async (folders: readonly string[], side: "low" | "normal") => {
    const single = await Promise.all(folders.map(listFolder));
    // A bright photo may have several dark ones.
    return [...new Set([...single.flat(), ...found.flatMap(({ pairs }) => pairs.map((pair) => pair[side]))])];
  };
  const [dark, normal] = [await photosOf(plan.dark, "low"), await photosOf(plan.normal, "normal")];
  const { store, facts } = await inspect([...dark, ...normal], plan.draw.cropPx, options, problems);
  if (problems.length > 0) throw problemsError([...plan.dark, ...plan.normal, ...plan.pairs].join(", "), problems);

  const known = facts.flatMap((fact, image) => (fact ? [{ image, facts: fact }] : []));
  const [darkImages, normalImages] = [known.slice(0, dark.length), known.slice(dark.length)];
  return {
    summary: summarise(dark.length, store),
    makeBatch: batchMaker(plan, store, (step) => drawUnpaired(darkImages, normalImages, plan.draw, step)),
  };
}

function summarise(items: number, { paths, keptCount, keptBytes }: PictureStore): DataSummary {
  return { items, photos: paths.length, keptPhotos: keptCount, keptBytes };
}

/** Returns a function that draws and fills the batch of a step. */
function batchMaker(
  { feeds, stretch, draw: { batchSize, cropPx } }: DataPlan,
  store: PictureStore,
  draw: (step: number) => readonly BatchDraw[],
): Dataset["makeBatch"] {
  return async (step, into) => {
    const draws = draw(step);
    const images = await store.fetch(draws.flatMap(({ dark, bright }) => [dark.image, bright.image]));
    const batch = into ?? emptyBatch(feeds, { batch: batchSize, cropPx });
    fillBatch(batch, feeds, draws, (index) => imageOf(images, index), { cropPx, stretch });
    return batch;
  };
}

/** Decodes all photos once. Faults join `problems`; the facts of a photo that cannot be decoded are undefined. */
async function inspect(
  paths: readonly string[],
  cropPx: number,
  { photos, budgetBytes, onProgress }: DatasetOptions,
  problems: KindlingError[],
): Promise<{ store: PictureStore; facts: readonly (ImageFacts | undefined)[] }> {
  const store = new PictureStore(photos, paths, budgetBytes);
  const results = await store.inspect((done) => onProgress(done, paths.length));
  const facts = results.map((result, index) => {
    if (result instanceof KindlingError) {
      problems.push(result);
      return undefined;
    }
    if (result.width < cropPx || result.height < cropPx) {
      const reason = `${size(result)} are too few for a crop of ${cropPx} x ${cropPx}`;
      problems.push(
        new KindlingError("invalid-option", `${paths[index]}: ${reason}. Leave it out, or make the crop smaller.`),
      );
    }
    return result;
  });
  return { store, facts };
}

function imageOf(images: ReadonlyMap<number, TrainingImage>, index: number): TrainingImage {
  const image = images.get(index);
  if (!image) throw new KindlingError("internal", `The photo of number ${index} was drawn but not fetched.`);
  return image;
}

function size({ width, height }: ImageFacts): string {
  return `${width} x ${height} pixels`;
}
