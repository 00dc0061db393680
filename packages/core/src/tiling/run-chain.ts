import { type FollowOptions, progressWithin } from "../flow/steps.ts";
import type { ModelSession } from "../runtime/runtime.ts";
import {
  expandRegion,
  intersect,
  planTiles,
  planTilesOfParts,
  type Region,
  type Tile,
  type TileBudget,
  type Tiling,
  upTo,
} from "./plan-tiles.ts";
import { type MapScale, runTiles, type TileFlow, type TileSink, type TileSource, tilingFor } from "./run-tiles.ts";
import { createTileMemory, isSameRegion, type TileMemory } from "./tile-memory.ts";

/** A map that one part of a network hands to later ones. */
export interface ChainMap {
  readonly channels: number;
  /** Side in pixels of the block of the picture that one value stands for. */
  readonly blockPx: number;
}

/** A part of a network that runs after others, and takes their maps by the names of its inputs. */
export interface ChainLink {
  readonly session: ModelSession;
  readonly tiling: Tiling;
  readonly budget: TileBudget;
  /** Those of its outputs that later parts take. */
  readonly maps: Readonly<Record<string, ChainMap>>;
}

/**
 * Work of the large tiles beyond that of one for the whole: only what is cheap or looks far around is done twice. `kindling enhance`
 * of 12 megapixels by Ember peaked at 521 MB with 0.15 here, at 416 MB with this, in the same time: new memory costs as much as
 * the overlap. With 0.45 it peaked at 377 MB, but 24 megapixels took a tenth longer.
 */
const chainOverlapAllowed = 0.3;

/**
 * The tiles of a single part, whose own halo is small. `kindling enhance` of 12 and 24 megapixels by Ember took 0.92 GB with a
 * megapixel and a tenth here, 0.78 with half a megapixel and 0.15, 0.69 with these, in the same processor time as far
 * as a busy machine showed.
 */
const linkTiles = { overlapAllowed: 0.2, smallEnoughPx: 4e5 };

/**
 * Runs the parts of a network one after the other. Parts that look at little around a pixel run in small tiles with little
 * overlap, where the network as a whole would need large ones; what they hand on stays in memory for a large tile at a time.
 *
 * @param budget of the large tiles: what is handed on in them.
 * @param memory for what goes into the parts.
 * @throws {KindlingError} what `planTiles` and `runTiles` throw.
 */
export async function runChain(
  links: readonly ChainLink[],
  size: Pick<Region, "width" | "height">,
  { inputs, outputs }: TileFlow,
  budget: TileBudget,
  options: FollowOptions = {},
  memory: TileMemory = createTileMemory(),
): Promise<void> {
  const alignmentPx = Math.max(...links.map(({ tiling }) => tiling.alignmentPx));
  const reaches = links.map(({ session, tiling }) => {
    const own = Object.fromEntries(session.outputNames.map((name) => [name, outputs[name]]));
    return upTo(tilingFor(tiling, own).haloPx, alignmentPx);
  });
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const tiling = { haloPx: sum(reaches), alignmentPx };
  const tiles = planTiles(size.width, size.height, tiling, { ...budget, overlapAllowed: chainOverlapAllowed });
  const plans = links.map((link, j) => {
    const parts = tiles.map(({ kept }) => expandRegion(kept, sum(reaches.slice(j + 1)), size));
    const own = { haloPx: reaches[j], alignmentPx };
    const cut = planTilesOfParts(parts, size, own, { ...link.budget, ...linkTiles });
    return { link, runs: parts.map((part, i) => ({ part, tiles: cut[i] })) };
  });
  for (let i = 0; i < tiles.length; i++) {
    const handed = new Map<string, HandedMap>();
    for (const [j, { link, runs }] of plans.entries()) {
      const run = runs[i];
      const made = Object.entries(link.maps).map(
        ([name, { channels, blockPx }]) =>
          [name, createMap(link.session, name, channels, { blockPx, gridPx: alignmentPx })] as const,
      );
      const { inputNames, outputNames } = link.session;
      const flow = {
        inputs: Object.fromEntries(inputNames.map((name) => [name, handed.get(name)?.port ?? inputs[name]])),
        outputs: {
          ...Object.fromEntries(outputNames.map((name) => [name, outputs[name]])),
          ...Object.fromEntries(made.map(([name, { port }]) => [name, port])),
        },
      };
      const step = (at: number) => (i + at / links.length) / tiles.length;
      const following = progressWithin(step(j), step(j + 1), options);
      await runTiles(link.session, run.tiles, flow, following, memory);
      for (const [name, map] of made) handed.set(name, map);
    }
    for (const map of handed.values()) map.free();
  }
}

/** A map that is handed on. */
interface HandedMap {
  readonly port: TileSource & TileSink;
  /** Frees its memory: nothing can be read any more. */
  free(): void;
}

/** The result of a tile, of which a part counts. */
interface Piece extends Tile {
  readonly values: Float32Array;
}

/** Makes a map of the results of tiles as they are; a part that takes one of them whole reads it where it lies. */
function createMap(session: ModelSession, name: string, channels: number, scale: MapScale): HandedMap {
  const pieces: Piece[] = [];
  return {
    port: {
      channels,
      scale,
      holdsValues: true,
      take: (tile, values) => pieces.push({ ...tile, values }),
      view: (region) => pieces.find(({ fed, kept }) => isSameRegion(fed, region) && isSameRegion(kept, region))?.values,
      fill(region, values) {
        for (const piece of pieces) {
          const common = intersect(piece.kept, region);
          if (common) copyRegion(piece, { fed: region, values }, common, channels);
        }
      },
    },
    free() {
      for (const { values } of pieces.splice(0)) session.free?.({ [name]: { shape: [values.length], values } });
    },
  };
}

/** Copies a region that two maps have in common. */
function copyRegion(
  from: Pick<Piece, "fed" | "values">,
  to: Pick<Piece, "fed" | "values">,
  { left, top, width, height }: Region,
  channels: number,
): void {
  const place = ({ fed, values }: Pick<Piece, "fed" | "values">, channel: number): RowPlace => {
    const at = (channel * fed.height + top - fed.top) * fed.width + left - fed.left;
    return { values, at, width: fed.width };
  };
  for (let channel = 0; channel < channels; channel++) {
    copyRows(place(from, channel), place(to, channel), width, height);
  }
}

/** A place in a plane of rows of `width` values. */
interface RowPlace {
  readonly values: Float32Array;
  readonly at: number;
  readonly width: number;
}

/** Copies rows: whole ones in one go, others by `set`, two thirds of the time of a loop over the values. */
function copyRows(from: RowPlace, to: RowPlace, length: number, rows: number): void {
  const isWhole = from.width === length && to.width === length;
  const [count, size] = isWhole ? [1, rows * length] : [rows, length];
  for (let row = 0; row < count; row++) {
    const at = from.at + row * from.width;
    to.values.set(from.values.subarray(at, at + size), to.at + row * to.width);
  }
}
