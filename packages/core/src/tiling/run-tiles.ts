import { KindlingError } from "../errors.ts";
import { type FollowOptions, nextTurn } from "../flow/steps.ts";
import { throwIfCancelled } from "../flow/throw-if-cancelled.ts";
import type { ModelSession, ModelTensor } from "../runtime/runtime.ts";
import { type Region, type Tile, type Tiling, upTo } from "./plan-tiles.ts";
import { createTileMemory, type TileMemory } from "./tile-memory.ts";

/** How a map at a part of the picture's size lies on it. */
export interface MapScale {
  /** Side in pixels of the block of the picture that one value stands for. */
  readonly blockPx: number;
  /** The sides of tiles count as multiples of this, rounded up: the network pads them. */
  readonly gridPx: number;
}

/** Where the pixels of an input come from, a region at a time. */
export interface TileSource {
  readonly channels: number;
  /** Of a map at a part of the picture's size, whose regions are in its own values; left out where it has the picture's. */
  readonly scale?: MapScale;
  /** Writes the region of every channel into `values`, [channels, height, width]. */
  fill(region: Region, values: Float32Array): void;
  /** The values of a region where they lie in memory as `fill` would write them; undefined where they do not. */
  view?(region: Region): Float32Array | undefined;
}

/**
 * Takes the result of a tile: `values` is [channels, height, width] of `tile.fed`, of which `tile.kept` counts. They may be
 * gone once all results of the tile are taken.
 */
export interface TileSink {
  readonly channels: number;
  /** As that of a source. */
  readonly scale?: MapScale;
  /** Whether it holds on to the values, which then stay as they are. */
  readonly holdsValues?: boolean;
  /** Pixels around what is kept of a tile that `take` reads too; 0 if left out. Tiles are planned so that they are right. */
  readonly aroundPx?: number;
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
 * @param memory for what goes into the network.
 * @throws {KindlingError} `cancelled` once the signal is aborted, between two tiles; `invalid-model` if an output is
 * missing or of another size; what the session throws.
 */
export async function runTiles(
  session: ModelSession,
  tiles: readonly Tile[],
  { inputs, outputs }: TileFlow,
  { signal, onProgress }: FollowOptions = {},
  memory: TileMemory = createTileMemory(),
): Promise<void> {
  const areas = tiles.map(({ fed }) => fed.width * fed.height);
  const work = areas.reduce((sum, area) => sum + area, 0);
  const feeds = Object.entries(inputs).map(([name, input]) => [name, feederOf(name, input, memory)] as const);
  let done = 0;
  for (const tile of tiles) {
    throwIfCancelled(signal);
    const { fed } = tile;
    const given = Object.fromEntries(feeds.map(([name, feed]) => [name, feed(fed)]));
    const results = await session.run(given, { signal });
    for (const [name, sink] of Object.entries(outputs)) {
      const own = { fed: regionOf(fed, sink.scale), kept: regionOf(tile.kept, sink.scale) };
      sink.take(own, requireShape(results[name], [1, sink.channels, own.fed.height, own.fed.width], name));
    }
    session.free?.(Object.fromEntries(Object.entries(results).filter(([name]) => !outputs[name]?.holdsValues)));
    done += fed.width * fed.height;
    onProgress?.(done / work);
    // The runtime may block this thread: an abort can arrive only here.
    await nextTurn();
  }
  throwIfCancelled(signal);
}

/** Gives an input for one region after the other. */
function feederOf(name: string, input: TileSource | ModelTensor, memory: TileMemory): (fed: Region) => ModelTensor {
  if (!("fill" in input)) return () => input;
  return (fed) => {
    const region = regionOf(fed, input.scale);
    const { width, height } = region;
    const length = input.channels * width * height;
    const values = input.view?.(region) ?? memory.fill(`input ${name}`, length, input, region);
    return { shape: [1, input.channels, height, width], values };
  };
}

/** The tiling of a network whose results go to sinks, some of which read around what is kept. */
export function tilingFor(tiling: Tiling, outputs: Readonly<Record<string, TileSink | undefined>>): Tiling {
  const around = Object.values(outputs).map((sink) => sink?.aroundPx ?? 0);
  return { ...tiling, haloPx: tiling.haloPx + Math.max(0, ...around) };
}

/** A region of the picture in the values of a map. */
export function regionOf(region: Region, scale: MapScale | undefined): Region {
  if (!scale) return region;
  const { blockPx, gridPx } = scale;
  const [right, bottom] = [region.left + region.width, region.top + region.height].map((end) => upTo(end, gridPx));
  const [left, top] = [region.left / blockPx, region.top / blockPx];
  return { left, top, width: (right ?? 0) / blockPx - left, height: (bottom ?? 0) / blockPx - top };
}

function requireShape(tensor: ModelTensor | undefined, wanted: readonly number[], name: string): Float32Array {
  if (tensor && `${tensor.shape}` === `${wanted}`) return tensor.values;
  const got = tensor ? `[${tensor.shape.join(", ")}]` : "nothing";
  throw new KindlingError(
    "invalid-model",
    `The model's ${name}: expected [${wanted.join(", ")}]; got ${got}. If another version of Kindling made it, ship it again from its run or its ONNX files (kindling ship --from).`,
  );
}
