import type { ModelSession, ModelTensor } from "../enhance/runtime.ts";
import { type FollowOptions, nextTurn } from "../enhance/steps.ts";
import { KindlingError, throwIfCancelled } from "../errors.ts";
import type { Region, Tile } from "./plan-tiles.ts";

/** Where the pixels of an input come from, a region at a time. */
export interface TileSource {
  readonly channels: number;
  /** Writes the region of every channel into `values`, [channels, height, width]. */
  fill(region: Region, values: Float32Array): void;
}

/** Takes what was made of a tile: `values` is [channels, height, width] of `tile.fed`, of which `tile.kept` counts. */
export interface TileSink {
  readonly channels: number;
  take(tile: Tile, values: Float32Array): void;
}

/** Inputs and outputs of a network by name; a tensor is given to every tile as it is. */
export interface TileFlow {
  readonly inputs: Readonly<Record<string, TileSource | ModelTensor>>;
  readonly outputs: Readonly<Record<string, TileSink>>;
}

/**
 * Runs a network on tiles, one after the other, each result going to its place at once: beside inputs and outputs only
 * one tile is ever in memory.
 *
 * @throws {KindlingError} `cancelled` once the signal is raised, between two tiles; `invalid-model` where an output is
 * missing or of another size; what the session throws.
 */
export async function runTiles(
  session: ModelSession,
  tiles: readonly Tile[],
  { inputs, outputs }: TileFlow,
  { signal, onProgress }: FollowOptions = {},
): Promise<void> {
  const work = tiles.reduce((sum, { fed }) => sum + fed.width * fed.height, 0);
  let done = 0;
  for (const tile of tiles) {
    throwIfCancelled(signal);
    const { fed } = tile;
    const given = Object.entries(inputs).map(([name, input]) => [name, "fill" in input ? filled(input, fed) : input]);
    const results = await session.run(Object.fromEntries(given), { signal });
    for (const [name, sink] of Object.entries(outputs)) {
      sink.take(tile, requireShape(results[name], [1, sink.channels, fed.height, fed.width], name));
    }
    done += fed.width * fed.height;
    onProgress?.(done / work);
    // A runtime may compute on this very thread: only now can a wish to cancel come in.
    await nextTurn();
  }
  throwIfCancelled(signal);
}

function filled(source: TileSource, region: Region): ModelTensor {
  const values = new Float32Array(source.channels * region.width * region.height);
  source.fill(region, values);
  return { shape: [1, source.channels, region.height, region.width], values };
}

function requireShape(tensor: ModelTensor | undefined, wanted: readonly number[], name: string): Float32Array {
  if (tensor && `${tensor.shape}` === `${wanted}`) return tensor.values;
  const got = tensor ? `[${tensor.shape.join(", ")}]` : "nothing";
  throw new KindlingError("invalid-model", `The model's ${name}: expected [${wanted.join(", ")}]; got ${got}.`);
}
