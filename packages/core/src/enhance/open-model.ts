import { KindlingError } from "../errors.ts";
import { type FollowOptions, progressWithin } from "../flow/steps.ts";
import type { ModelSession, Runtime, SessionOptions } from "../runtime/runtime.ts";
import { withMirroredBorder } from "../tiling/mirrored-border.ts";
import { planTiles, type Tiling } from "../tiling/plan-tiles.ts";
import { runTiles } from "../tiling/run-tiles.ts";
import type { ModelManifest, ModelPart, ModelStore } from "./model-store.ts";
import type { NetworkMethod, OpenModel, OpenPart } from "./network-method.ts";

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
  const parts = new Map<string, OpenPart & { readonly session: ModelSession }>();
  const close = async () => {
    await Promise.all([...parts.values()].map(({ session }) => session.dispose()));
  };
  const total = Object.values(manifest.parts).reduce((sum, { bytes }) => sum + bytes, 0);
  let loaded = 0;
  try {
    for (const [name, part] of Object.entries(manifest.parts)) {
      const share = progressWithin(loaded / total, (loaded + part.bytes) / total, following);
      const bytes = await models.load(manifest, name, share);
      const session = onlyNumbers(
        await openPart(runtime, bytes, { device, threads }, `${manifest.network}/${part.file}`),
      );
      const budget = { bytesPerPixel: bytesPerPixel[name] ?? 0, maxMemoryBytes };
      const tiling = tilingOf(part);
      parts.set(name, {
        session,
        alignmentPx: tiling?.alignmentPx ?? 1,
        compute: (inputs, { signal }) => session.run(inputs, { signal }),
        run: (picture, ports, options) => {
          // What lies farther away than the halo does not reach the picture.
          const px = Math.min(manifest.borderPx ?? 0, tiling?.haloPx ?? 0);
          const { size, flow } = withMirroredBorder(picture, { left: px, top: px, right: px, bottom: px }, ports);
          return runTiles(session, planTiles(size.width, size.height, tiling, budget), flow, options);
        },
      });
      loaded += part.bytes;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    manifest,
    part(name) {
      const found = parts.get(name);
      if (found) return found;
      throw new KindlingError(
        "invalid-model",
        `The model ${manifest.network}.${manifest.tag} has no part ${name}; it has ${[...parts.keys()].join(", ")}.`,
      );
    },
    close,
  };
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
        if (!holdsNaN(values)) continue;
        throw new KindlingError(
          "invalid-model",
          `The model's output ${name} holds values that are no numbers: its weights are damaged or were learnt badly. Choose others.`,
        );
      }
      return outputs;
    },
  };
}

/** A plain loop: `some` calls a function for each of millions of values, which took a twentieth of an analysis. */
function holdsNaN(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

function tilingOf({ haloPx, alignmentPx }: ModelPart): Tiling | undefined {
  return haloPx === undefined || alignmentPx === undefined ? undefined : { haloPx, alignmentPx };
}
