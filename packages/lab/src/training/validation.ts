import { gtMean, KindlingError, type Picture, psnr, type Runtime, type SessionOptions, ssim } from "@kindling/core";
import { pictureOfTensor, tensorOfPicture } from "@kindling/core/internal";
import { createGraph, createScope, encodeOnnx, freeDimension, type Graph, input, type Weight } from "@kindling/nets";
import { pickWeights } from "@kindling/nets/internal";
import type { PhotoReader, SourcePairs } from "../data/photo-source.ts";
import { opaqueRgb } from "../data/training-image.ts";
import type { TrainingStage } from "./recipe.ts";
import type { RecipeSettings } from "./recipe-settings.ts";
import type { ValidationPlan } from "./training-plan.ts";

/** Least side of a validation picture in pixels: SSIM's window. */
const leastPx = 11;

/** A pair of a training's validations. */
export interface ValidationPair {
  readonly name: string;
  readonly low: Picture;
  readonly normal: Picture;
  /** Whether the training learns from this pair, too: its figures then do not tell about other photos. */
  readonly isTrainedOn: boolean;
}

/** The result of a validation: means over the pairs, and the picture made from each. */
export interface Validation {
  readonly psnr: number;
  readonly ssim: number;
  readonly "gt-mean-psnr": number;
  readonly "gt-mean-ssim": number;
  readonly results: readonly Picture[];
}

/**
 * Reads the validation pairs, evenly spread over the data. Pairs that are trained on are left out, unless there are no others:
 * a folder may hold both. Larger pictures are cut to the square in their middle, so that a validation costs the same for all
 * photos.
 *
 * @param training the data that is trained on.
 * @throws {KindlingError} the first fault of the data, naming the file.
 */
export async function readValidationPairs(
  photos: PhotoReader,
  { sources, split, count, sidePx }: ValidationPlan,
  training: { readonly pairs: readonly string[]; readonly split?: string | undefined },
): Promise<ValidationPair[]> {
  const found = await findAny(photos, sources, split);
  const failure = found.flatMap(({ failures }) => failures)[0];
  if (failure) throw failure.error;
  const all = found.flatMap((part) => part.pairs);
  const trained = await Promise.all(training.pairs.map((source) => photos.findPairs(source, training.split)));
  const learnt = new Set(trained.flatMap((part) => part.pairs.map(({ normal }) => normal)));
  const unseen = all.filter(({ normal }) => !learnt.has(normal));
  const pairs = unseen.length > 0 ? unseen : all;
  const taken = Math.min(count, pairs.length);
  const chosen = Array.from({ length: taken }, (_, i) => pairs[Math.floor((i * pairs.length) / taken)]);
  return Promise.all(
    chosen.map(async ({ name, low, normal }) => {
      const [dark, bright] = await Promise.all(
        [low, normal].map(async (path) => (await photos.readPhoto(path)).picture),
      );
      if (dark.width !== bright.width || dark.height !== bright.height) {
        throw new KindlingError(
          "invalid-option",
          `${low}: its partner ${normal} has another size. Give both the same.`,
        );
      }
      if (Math.min(dark.width, dark.height) < leastPx) {
        throw new KindlingError("invalid-option", `${low}: SSIM needs ${leastPx} px or more each way. Leave it out.`);
      }
      const [dim, lit] = [cutMiddle(opaqueRgb(dark), sidePx), cutMiddle(opaqueRgb(bright), sidePx)];
      return { name, low: dim, normal: lit, isTrainedOn: learnt.has(normal) };
    }),
  );
}

/** Finds the pairs of all sources. A source without the split, such as synthetic pairs, is skipped if another one has it. */
async function findAny(photos: PhotoReader, sources: readonly string[], split?: string): Promise<SourcePairs[]> {
  const results = await Promise.allSettled(sources.map((source) => photos.findPairs(source, split)));
  const found = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const errors: unknown[] = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  const grave = errors.find((error) => !(error instanceof KindlingError && error.code === "not-found"));
  if (grave !== undefined) throw grave;
  if (found.length > 0) return found;
  const [first] = errors;
  if (split === undefined || !(first instanceof KindlingError)) throw first;
  const expected = `--validate ${split}: expected a folder of pairs, or a split of --pairs.`;
  throw new KindlingError(first.code, `${expected} ${first.message}`, { cause: first });
}

/** Builds the graph of a stage's view, which validations measure. */
export function buildView({ view }: TrainingStage, settings: RecipeSettings): Graph {
  const size = [1, 3, freeDimension("height"), freeDimension("width")];
  const [image, reference] = [input("image", size), input("reference", size)];
  const { result, target } = view(createScope(), image, reference, settings);
  // A target that is the reference itself needs no output.
  return createGraph("view", [image, reference], { result, ...(target !== reference && { target }) });
}

/**
 * Computes a stage's view of every pair and measures it.
 *
 * @param weights all that the view needs; others are ignored.
 * @param options.settings the recipe's settings, complete.
 */
export async function validate(
  runtime: Runtime,
  stage: TrainingStage,
  weights: ReadonlyMap<string, Weight>,
  pairs: readonly ValidationPair[],
  { settings, ...options }: SessionOptions & { readonly settings: RecipeSettings },
): Promise<Validation> {
  const graph = buildView(stage, settings);
  const session = await runtime.open(encodeOnnx(graph, pickWeights(graph, weights)), options);
  const measured: { psnr: number; ssim: number; "gt-mean-psnr": number; "gt-mean-ssim": number }[] = [];
  const results: Picture[] = [];
  try {
    for (const { low, normal } of pairs) {
      const [image, reference] = [tensorOfPicture(low), tensorOfPicture(normal)];
      const { result: made, target: asked } = await session.run({ image, reference });
      if (!made) throw new KindlingError("internal", `The view of ${stage.name} gave no result.`);
      const [picture, wanted] = [pictureOfTensor(made, low), asked ? pictureOfTensor(asked, normal) : normal];
      const scaled = gtMean(picture, wanted);
      measured.push({
        psnr: psnr(picture, wanted),
        ssim: ssim(picture, wanted),
        "gt-mean-psnr": psnr(scaled, wanted),
        "gt-mean-ssim": ssim(scaled, wanted),
      });
      results.push(picture);
    }
  } finally {
    await session.dispose();
  }
  const mean = (name: "psnr" | "ssim" | "gt-mean-psnr" | "gt-mean-ssim") =>
    measured.reduce((sum, values) => sum + values[name], 0) / measured.length;
  return {
    psnr: mean("psnr"),
    ssim: mean("ssim"),
    "gt-mean-psnr": mean("gt-mean-psnr"),
    "gt-mean-ssim": mean("gt-mean-ssim"),
    results,
  };
}

function cutMiddle({ width, height, samples }: Picture, sidePx: number): Picture {
  const [wide, high] = [Math.min(width, sidePx), Math.min(height, sidePx)];
  const [left, top] = [Math.floor((width - wide) / 2), Math.floor((height - high) / 2)];
  const cut = new Float32Array(wide * high * 3);
  for (let y = 0; y < high; y++) {
    const start = ((top + y) * width + left) * 3;
    cut.set(samples.subarray(start, start + wide * 3), y * wide * 3);
  }
  return { width: wide, height: high, channels: 3, samples: cut };
}
