import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { KindlingError, type ModelManifest } from "@kindling/core";
import { encodeModel, type ModelForm, modelCard, type System } from "@kindling/lab";
import {
  chooseForm,
  choosePhotos,
  countLearntParameters,
  describePorts,
  formOfSources,
  licenceOf,
  type NamedPhotos,
  parseFigures,
  parseTrainingPhotos,
  removeFolders,
} from "@kindling/lab/internal";
import { type Graph, meanWeights, type Weights } from "@kindling/nets";
import { parseManifest } from "../../models/model-manifest.ts";
import { readError } from "../../photo/file-errors.ts";
import { writeText } from "../../photo/write-text.ts";
import { createRuntime } from "../../runtime/runtime.ts";
import { weightsOf } from "../training/read-weights.ts";
import { calibrationPhotos } from "./calibration-photos.ts";
import { readSource, type WeightSource } from "./read-source.ts";
import { writeModel } from "./write-model.ts";

/** What of a network is shipped, and what its manifest and card say. */
export interface ShipOptions {
  readonly system: System;
  /** Name of these weights, beside the system's. */
  readonly tag: string;
  /** Folders of runs, checkpoints and ONNX models; the weights of a later one replace those of one before. */
  readonly from: readonly string[];
  /** Whether the mean of the weights of all of `from` is shipped instead. Source: arXiv 2203.05482. Default false. */
  readonly mean?: boolean;
  /** Form of the model whose graphs are written; default: the one that `from` says, else the system's first. */
  readonly variant?: string | undefined;
  /** For people; default: as it was shipped the last time. */
  readonly title?: string | undefined;
  /** For people; default: as it was shipped the last time. */
  readonly about?: string | undefined;
  /** Why the weights are not fit for photos, so that they are not offered; "" = fit. Default: as the last time, else fit. */
  readonly unfit?: string | undefined;
  /** Default: made of the terms of the photographs, where any are named; else as the last time. */
  readonly licence?: string | undefined;
  /** Sets of photographs that it learnt from, beside those that the settings of runs name. */
  readonly data?: readonly string[];
  /** JSON file with the terms of each set of photographs, as `parseTrainingPhotos` takes it. */
  readonly photos: string;
  /** Files that `kindling evaluate --json` printed, by the name of the photographs; figures of others stay. */
  readonly measured?: ReadonlyMap<string, string>;
  /** Folder of models that it is put into. */
  readonly models: string;
  /** Tag of other weights of the network whose automatic light it gets; default: its own of the last time. */
  readonly lightOf?: string | undefined;
  /** Width in pixels of the mirrored border added before the network runs; default: as the last time, else none. */
  readonly borderPx?: number | undefined;
  /** Data sets on whose training pairs the ranges of 8-bit integers are measured; default: weights stay in float16. */
  readonly int8?: readonly string[];
  /** The command, for the card. */
  readonly command: string;
  readonly signal?: AbortSignal | undefined;
  /** Called while photos are read for `int8`. */
  readonly onProgress?: (done: number, total: number, doing: string) => void;
}

/** What was shipped. */
export interface ShippedNetwork {
  readonly manifest: ModelManifest;
  /** Paths of the manifest, the card, and the ONNX file of each part. */
  readonly files: readonly string[];
}

/**
 * Puts a trained network into a folder of models: float16 weights, manifest and card. Weights of the same name are
 * replaced; what is not given anew (title, light, border, figures, photographs) stays as it was shipped.
 *
 * @throws {KindlingError} `invalid-option` for photographs without terms, an unknown variant or facts that are missing;
 * `unsupported` where `int8` is asked of a system without that form; `invalid-model` where weights are missing or of a
 * wrong shape; `cancelled`; what reading and writing files throw.
 * @example
 * const files = { models: "models", photos: "photos.json" };
 * const shipped = await shipNetwork({ system, tag: "night", from: ["runs/kind"], ...files, command: "ship-night.ts" });
 */
export async function shipNetwork(options: ShipOptions): Promise<ShippedNetwork> {
  const { system, tag, from, models } = options;
  if (!/^[^/\\]+$/.test(tag)) {
    throw new KindlingError("invalid-option", `tag ${tag}: expected a name without slashes, such as night.`);
  }
  const network = system.name;
  const sources: WeightSource[] = [];
  for (const source of from) sources.push(await readSource(source, [system]));
  const runs = sources.flatMap(({ run }) => run ?? []);
  const all = sources.map(({ tensors }) => weightsOf(tensors));
  const weights = options.mean ? meanWeights(all) : new Map(all.flatMap((source) => [...source]));
  const belongsTo = sources.flatMap((source) => source.belongsTo ?? []);
  const { variant } = options;
  const form = variant === undefined ? formOfSources(system, belongsTo) : chooseForm(system, variant);

  const last = await readLast(models, network, tag);
  const names = [...runs.flatMap((run) => run.photos), ...(options.data ?? [])];
  const photos = await findPhotos(options.photos, names, last);
  const texts = chooseTexts(options, names.length > 0 ? photos : undefined, last);
  const measures = await collectMeasures(options, last);
  const graphs = Object.fromEntries(Object.entries(form.parts).map(([part, { network: net }]) => [part, net.build()]));
  const quantised = await quantise(options, graphs, weights);
  const parts = encodeModel(form, weights, { graphs: { ...graphs, ...quantised } });
  const manifest = await writeModel(
    models,
    {
      network,
      tag,
      ...texts,
      trainedOn: photos.map((set) => set.about),
      parameters: countLearntParameters(Object.values(graphs)),
      ...measures,
    },
    parts,
  );
  const card = join(models, network, `${tag}.md`);
  await writeText(
    card,
    modelCard(manifest, {
      paper: paperOf(form),
      photos,
      runs,
      ports: describePorts(graphs),
      precision: describePrecision(Object.keys(quantised)),
      command: removeFolders(options.command),
    }),
  );
  const files = [`${tag}.json`, `${tag}.md`, ...Object.values(manifest.parts).map(({ file }) => file)];
  return { manifest, files: files.map((file) => join(models, network, file)) };
}

/** The manifest of weights that were shipped before, if they were. */
async function readLast(models: string, network: string, tag: string): Promise<ModelManifest | undefined> {
  const path = join(models, network, `${tag}.json`);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  return isThere ? parseManifest(await readText(path), path) : undefined;
}

/** Finds what is known of photographs: of those that are named, or else of those that the last manifest names. */
async function findPhotos(
  file: string,
  names: readonly string[],
  last: ModelManifest | undefined,
): Promise<readonly NamedPhotos[]> {
  const text = await readText(file).catch((error: unknown) => {
    if (!(error instanceof KindlingError && error.code === "not-found")) throw error;
    const form = `{"${names[0] ?? "name"}": {"about": "what they are", "terms": "their terms"}}`;
    const message = `${file}: there is no such file. Describe the photographs in it, as in ${form}.`;
    throw new KindlingError("not-found", message, { cause: error });
  });
  const known = parseTrainingPhotos(text, file);
  if (names.length > 0) return choosePhotos(known, names, file);
  if (!last) {
    throw new KindlingError(
      "invalid-option",
      "--data: expected the names of the photographs that the weights were learnt from, since --from names none.",
    );
  }
  const named = last.trainedOn.map((about) => [...known].find(([, set]) => set.about === about)?.[0] ?? about);
  return choosePhotos(known, named, file);
}

/** What people read: as it is given, or else as it was. */
function chooseTexts(
  { system, tag, models, title, about, licence, unfit }: ShipOptions,
  photos: readonly NamedPhotos[] | undefined,
  last: ModelManifest | undefined,
): Pick<ModelManifest, "title" | "about" | "licence" | "unfit"> {
  const shown = { title: title ?? last?.title, about: about ?? last?.about };
  if (shown.title === undefined || shown.about === undefined) {
    throw new KindlingError(
      "invalid-option",
      `--title, --about: expected both, since ${system.name}.${tag} is not in ${models} yet.`,
    );
  }
  const terms = photos ? licenceOf(photos) : (last?.licence ?? "");
  const reason = unfit ?? last?.unfit ?? "";
  const texts = { title: shown.title, about: shown.about, licence: licence ?? terms };
  return reason === "" ? texts : { ...texts, unfit: reason };
}

/** Border, automatic light and figures: as they are given, or else as they were. */
async function collectMeasures(
  { system, tag, models, borderPx, lightOf, measured }: ShipOptions,
  last: ModelManifest | undefined,
): Promise<Pick<ModelManifest, "borderPx" | "light" | "measured">> {
  const other = lightOf === undefined ? last : await readLast(models, system.name, lightOf);
  if (lightOf !== undefined && !other?.light) {
    throw new KindlingError(
      "invalid-option",
      `--light-of ${lightOf}: ${system.name}.${lightOf} has no automatic light in ${models}. Fit it first: kindling fit-light.`,
    );
  }
  const figures: Record<string, unknown> = { ...last?.measured };
  for (const [set, file] of measured ?? []) {
    figures[set] = parseFigures(await readText(file), file, `${system.name}.${tag}`);
  }
  const border = borderPx ?? last?.borderPx;
  return {
    ...(border !== undefined && { borderPx: border }),
    ...(other?.light && { light: other.light }),
    ...(Object.keys(figures).length > 0 && { measured: figures }),
  };
}

/** The graphs of parts in 8-bit integers, by part; none where they are not asked for. */
async function quantise(
  { system, int8 = [], signal, onProgress }: ShipOptions,
  graphs: Readonly<Record<string, Graph>>,
  weights: Weights,
): Promise<Readonly<Record<string, Graph>>> {
  if (int8.length === 0) return {};
  if (!system.quantise) {
    throw new KindlingError(
      "unsupported",
      `--int8: ${system.name} has no form in 8-bit integers. Leave out --int8: its weights are stored as float16.`,
    );
  }
  const runtime = createRuntime();
  try {
    return await system.quantise(graphs, weights, calibrationPhotos(int8, signal, onProgress), runtime);
  } finally {
    await runtime.dispose();
  }
}

function describePrecision(quantised: readonly string[]): string {
  const inFloats = "stored as float16, computed in float32";
  if (quantised.length === 0) return inFloats;
  return `convolutions of ${quantised.join(" and ")} stored and computed in 8-bit integers, the rest ${inFloats}`;
}

function paperOf({ parts }: ModelForm) {
  const [part] = Object.values(parts);
  if (!part) throw new KindlingError("internal", "A model without parts.");
  return part.network.paper;
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause) => {
    throw readError(path, cause);
  });
}
