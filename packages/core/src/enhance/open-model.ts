import { KindlingError } from "../errors.ts";
import type { FollowOptions } from "../flow/steps.ts";
import { sumValues } from "../image/sum-values.ts";
import type { ModelSession, Runtime, SessionOptions } from "../runtime/runtime.ts";
import { withMirroredBorder } from "../tiling/mirrored-border.ts";
import { planTiles, type Region, type Tiling, upTo } from "../tiling/plan-tiles.ts";
import { type ChainLink, runChain } from "../tiling/run-chain.ts";
import { runTiles, type TileFlow, tilingFor } from "../tiling/run-tiles.ts";
import { keepTileMemory } from "../tiling/tile-memory.ts";
import { type ModelManifest, type ModelStore, tilingOf } from "./model-store.ts";
import type { NetworkMethod, OpenModel, OpenPart } from "./network-method.ts";

type Size = Pick<Region, "width" | "height">;

/** How a model is opened. */
export interface OpenModelOptions extends SessionOptions, FollowOptions {
  /** What a run may take at most, in bytes. */
  readonly maxMemoryBytes: number;
}

/**
 * Loads every part of a trained network.
 *
 * @throws {KindlingError} what store and runtime throw; nothing stays open then.
 */
export async function openModel(
  { bytesPerPixel }: NetworkMethod,
  manifest: ModelManifest,
  { models, runtime }: { readonly models: ModelStore; readonly runtime: Runtime },
  { device, threads, maxMemoryBytes, ...following }: OpenModelOptions,
): Promise<OpenModel> {
  const parts = new Map<string, OpenPart & { readonly session: ModelSession; readonly tiling: Tiling | undefined }>();
  const lendMemory = keepTileMemory();
  const budgetOf = (name: string) => ({ bytesPerPixel: bytesPerPixel[name] ?? 0, maxMemoryBytes });
  /** What lies farther away than a halo does not reach the picture; blocks of a map begin at the picture's first pixel. */
  const bordered = (size: Size, haloPx: number, flow: TileFlow) => {
    const blocksPx = Object.values(flow.outputs).map(({ scale }) => scale?.blockPx ?? 1);
    const px = upTo(Math.min(manifest.borderPx ?? 0, haloPx), Math.max(1, ...blocksPx));
    return withMirroredBorder(size, { left: px, top: px, right: px, bottom: px }, flow);
  };
  const close = async () => {
    await Promise.all([...parts.values()].map(({ session }) => session.dispose()));
  };
  const loading = loadParts(models, manifest, following);
  try {
    for (const [name, part] of Object.entries(manifest.parts)) {
      const bytes = await loading.get(name)!;
      const session = onlyNumbers(
        await openPart(runtime, bytes, { device, threads }, `${manifest.network}/${part.file}`),
      );
      const tiling = tilingOf(part);
      parts.set(name, {
        session,
        tiling,
        alignmentPx: tiling?.alignmentPx ?? 1,
        compute: (inputs, { signal }) => session.run(inputs, { signal }),
        run: (picture, ports, options) => {
          const { size, flow } = bordered(picture, tiling?.haloPx ?? 0, ports);
          const reach = tiling && tilingFor(tiling, ports.outputs);
          const tiles = planTiles(size.width, size.height, reach, budgetOf(name));
          return lendMemory((memory) => runTiles(session, tiles, flow, options, memory));
        },
      });
    }
  } catch (error) {
    await close();
    throw error;
  }
  const find = (name: string) => {
    const found = parts.get(name);
    if (found) return found;
    throw new KindlingError(
      "invalid-model",
      `The model ${manifest.network}.${manifest.tag} has no part ${name}; it has ${[...parts.keys()].join(", ")}. Ship it again from its run or its ONNX files (kindling ship --from), or choose other weights.`,
    );
  };
  return {
    manifest,
    part: find,
    runChain: (chain, picture, ports, options) => {
      const links = chain.map(({ part, maps = {} }): ChainLink => {
        const { session, tiling } = find(part);
        if (tiling) return { session, tiling, budget: budgetOf(part), maps };
        const model = `${manifest.network}.${manifest.tag}`;
        throw new KindlingError(
          "invalid-model",
          `The model ${model} lacks the halo of its part ${part}, without which the part cannot run in tiles.`,
        );
      });
      const haloPx = links.reduce((total, { tiling }) => total + tiling.haloPx, 0);
      const { size, flow } = bordered(picture, haloPx, ports);
      return lendMemory((memory) => runChain(links, size, flow, budgetOf("chain"), options, memory));
    },
    close,
  };
}

/** Loads all parts at the same time; progress is the share of the bytes of all parts. */
function loadParts(
  models: ModelStore,
  manifest: ModelManifest,
  { signal, onProgress }: FollowOptions,
): ReadonlyMap<string, Promise<Uint8Array>> {
  const parts = Object.entries(manifest.parts);
  const total = parts.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  const loaded = new Map<string, number>();
  const follow = (name: string, bytes: number) => {
    loaded.set(name, bytes);
    onProgress?.([...loaded.values()].reduce((sum, part) => sum + part, 0) / total);
  };
  const loading = parts.map(([name, { bytes }]) => {
    const load = models.load(manifest, name, { signal, onProgress: (done) => follow(name, done * bytes) });
    // Whoever waits for it learns of a failure; with an earlier one nobody does.
    load.then(
      () => follow(name, bytes),
      () => undefined,
    );
    return [name, load] as const;
  });
  return new Map(loading);
}

async function openPart(
  runtime: Runtime,
  bytes: Uint8Array,
  options: SessionOptions,
  file: string,
): Promise<ModelSession> {
  try {
    return await runtime.open(bytes, options);
  } catch (error) {
    if (!(error instanceof KindlingError) || error.code !== "invalid-model") throw error;
    throw new KindlingError("invalid-model", `${file}: ${error.message}`, { cause: error });
  }
}

/** A session that refuses results which are no numbers: as a picture they would be black, and nobody would know why. */
function onlyNumbers(session: ModelSession): ModelSession {
  return {
    ...session,
    async run(inputs, options) {
      const outputs = await session.run(inputs, options);
      for (const [name, { values }] of Object.entries(outputs)) {
        // Infinities may cancel out to no number, and are no better.
        if (!Number.isNaN(sumValues(values))) continue;
        throw new KindlingError(
          "invalid-model",
          `The model's output ${name} holds values that are no numbers: its weights are damaged or were learnt badly. Choose others.`,
        );
      }
      return outputs;
    },
  };
}
