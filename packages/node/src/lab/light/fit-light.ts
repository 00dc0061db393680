import { join } from "node:path";
import { type Device, type Enhancer, KindlingError } from "@kindling/core";
import {
  fitStudiedPairs,
  type LightFigures,
  measureLight,
  nameErrors,
  type StudiedLight,
  type StudiedPair,
  spreadEvenly,
  studyPair,
} from "@kindling/lab/internal";
import { openEnhancer } from "../../enhance/open-enhancer.ts";
import { openModelStore } from "../../models/open-model-store.ts";
import { readPhoto } from "../../photo/photo-file.ts";
import { writeManifest } from "../models/write-model.ts";
import { requirePairs } from "../pairs/require-pairs.ts";

/** What automatic light is fitted to. */
export interface FitLightOptions {
  /** The weights: `kind.night`; `kind` for the first of its network. */
  readonly method: string;
  /** Folder of trained networks that they lie in; the model goes into their manifest. */
  readonly models: string;
  /** Data sets, each as `findPairs` takes it. */
  readonly pairs: readonly string[];
  /** The part of each set that is fitted to. */
  readonly split: string;
  /** A part of each set that the fit is measured on. */
  readonly validate?: string | undefined;
  /** Whether the bright photos are learnt from too: a level of 1 suits them. Default false. */
  readonly bright?: boolean;
  /** Pairs of each set at most, evenly spread; default all. */
  readonly most?: number | undefined;
  /** Default `auto`. */
  readonly device?: Device | undefined;
  /** Threads on the processor; default 1. */
  readonly threads?: number;
  /** Whether the manifest is left as it is. Default false. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** @param doing the split and pair that come next. */
  readonly onProgress?: (done: number, total: number, doing: string) => void;
}

/** Automatic light that was fitted to pairs. */
export interface LightReport extends StudiedLight {
  /** `kind.night`. */
  readonly method: string;
  /** Pairs that it was fitted to. */
  readonly pairs: number;
  /** Figures of the part of `validate`. */
  readonly validation?: LightFigures;
  /** The manifest that it was put into, if any. */
  readonly manifest?: string;
}

/**
 * Fits the automatic light of a trained network to pairs, and puts it into the network's manifest.
 *
 * For every pair the level, in the method's own measure, is searched that gives the blind result its best PSNR; ridge regression on features of photo
 * and illumination learns the logarithm of these levels.
 *
 * @throws {KindlingError} `unsupported` for a method that takes no level of its own; `invalid-option` for fewer than two
 * pairs; `cancelled`; what reading pairs, running the network and writing the manifest throw.
 * @example
 * const report = await fitLight({ method: "kind.night", pairs: ["lol"], split: "train", models: "models" });
 */
export async function fitLight(options: FitLightOptions): Promise<LightReport> {
  const { models, device, threads = 1, validate, dryRun = false, signal } = options;
  const enhancer = await openEnhancer({ method: options.method, models, device, threads, signal });
  const { method, facts } = enhancer;
  try {
    if (!facts.hasOwnLight) {
      throw new KindlingError(
        "unsupported",
        `${method} takes no light level of its own: there is nothing to fit. Choose weights of a network that does, such as kind.`,
      );
    }
    const training = await studySplit(enhancer, options.split, options);
    if (training.length < 2) {
      throw new KindlingError(
        "invalid-option",
        `--pairs ${options.pairs.join(" ")}: expected two pairs or more of the split ${options.split}, got ${training.length}.`,
      );
    }
    const studied = fitStudiedPairs(training);
    const validation =
      validate === undefined ? undefined : measureLight(studied.model, await studySplit(enhancer, validate, options));
    const report = { ...studied, method, pairs: training.length, ...(validation && { validation }) };
    if (dryRun) return report;
    const [network = "", ...tag] = method.split(".");
    const manifest = await openModelStore(models).manifest(network, tag.join("."));
    await writeManifest(models, { ...manifest, light: studied.model });
    return { ...report, manifest: join(models, network, `${manifest.tag}.json`) };
  } finally {
    await enhancer.close();
  }
}

async function studySplit(
  enhancer: Enhancer,
  split: string,
  { pairs: sources, bright: withBright, most, signal, onProgress }: FitLightOptions,
): Promise<StudiedPair[]> {
  const sets = await Promise.all(sources.map((source) => requirePairs(source, split)));
  const pairs = sets.flatMap((set) => spreadEvenly(set, most ?? set.length));
  const studied: StudiedPair[] = [];
  for (const { name, low, normal } of pairs) {
    onProgress?.(studied.length, pairs.length, `${split}: ${name}`);
    const [dark, bright] = await Promise.all([readPhoto(low), readPhoto(normal)]);
    const study = () => studyPair(enhancer, { dark, bright }, { withBright, signal });
    studied.push(await nameErrors(low, study));
  }
  onProgress?.(pairs.length, pairs.length, split);
  return studied;
}
