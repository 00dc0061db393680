import { KindlingError } from "../errors.ts";
import { type FollowOptions, nextTurn } from "../flow/steps.ts";
import { throwIfCancelled } from "../flow/throw-if-cancelled.ts";
import type { ModelSession, ModelTensor } from "../runtime/runtime.ts";
import type { Region, Tile } from "./plan-tiles.ts";

/** Where the pixels of an input come from, a region at a time. */
export interface TileSource {
  readonly channels: number;
  /** Writes the region of every channel into `values`, [channels, height, width]. */
  fill(region: Region, values: Float32Array): void;
}

/** Takes the result of a tile: `values` is [channels, height, width] of `tile.fed`, of which `tile.kept` counts. */
export interface TileSink {
  readonly channels: number;
  take(tile: Tile, values: Float32Array): void;
}

/** Inputs and outputs of a network by name; a tensor goes to every tile unchanged. */
export interface TileFlow {
  readonly inputs: Readonly<Record<string, TileSource | ModelTensor>>;
  readonly outputs: Readonly<Record<string, TileSink>>;
}

/**
 * Runs a network on tiles, one after the other, and writes each result to its place at once, so that besides inputs
 * and outputs only one tile is in memory.
 *
 * @throws {KindlingError} `cancelled` once the signal is aborted, between two tiles; `invalid-model` if an output is
 * missing or of another size; what the session throws.
 */
export async function runTiles(
  session: ModelSession,
  tiles: readonly Tile[],
  { inputs, outputs }: TileFlow,
  { signal, onProgress }: FollowOptions = {},
): Promise<void> {
  const areas = tiles.map(({ fed }) => fed.width * fed.height);
  const work = areas.reduce((sum, area) => sum + area, 0);
  const feeders = Object.entries(inputs).map(([name, input]) => [name, feeder(input, Math.max(...areas))] as const);
  let done = 0;
  for (const tile of tiles) {
    throwIfCancelled(signal);
    const { fed } = tile;
    const given = Object.fromEntries(feeders.map(([name, feed]) => [name, feed(fed)]));
    const results = await session.run(given, { signal });
    for (const [name, sink] of Object.entries(outputs)) {
      sink.take(tile, requireShape(results[name], [1, sink.channels, fed.height, fed.width], name));
    }
    done += fed.width * fed.height;
    onProgress?.(done / work);
    // The runtime may block this thread: an abort can arrive only here.
    await nextTurn();
  }
  throwIfCancelled(signal);
}

/** Fills an input for one region after the other in the same memory: allocating costs more than filling. */
function feeder(input: TileSource | ModelTensor, largestArea: number): (region: Region) => ModelTensor {
  if (!("fill" in input)) return () => input;
  const memory = new Float32Array(input.channels * largestArea);
  return (region) => {
    const values = memory.subarray(0, input.channels * region.width * region.height);
    input.fill(region, values);
    return { shape: [1, input.channels, region.height, region.width], values };
  };
}

function requireShape(tensor: ModelTensor | undefined, wanted: readonly number[], name: string): Float32Array {
  if (tensor && `${tensor.shape}` === `${wanted}`) return tensor.values;
  const got = tensor ? `[${tensor.shape.join(", ")}]` : "nothing";
  throw new KindlingError("invalid-model", `The model's ${name}: expected [${wanted.join(", ")}]; got ${got}.`);
}
