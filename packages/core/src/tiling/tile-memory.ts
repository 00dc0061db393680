import type { Region } from "./plan-tiles.ts";

/** What fills a region of memory. */
interface Filler {
  fill(region: Region, values: Float32Array): void;
}

/**
 * Memory that the tiles of a network use again: to get new memory takes longer than to fill it, and brings the next garbage
 * collection nearer, after which V8 compiles again what it had compiled.
 */
export interface TileMemory {
  /**
   * A region of a source, filled into the room of a name, which is the same while it is large enough; not again where that holds it
   * already.
   */
  fill(name: string, length: number, source: Filler, region: Region): Float32Array;
}

/** What is filled last into the room of a name. */
interface Filling {
  readonly room: Float32Array;
  readonly source: Filler;
  readonly region: Region;
}

/** Most memory in bytes that is kept for the next photo: that of one of 1 megapixel by Ember. */
const mostKeptBytes = 64e6;

/**
 * Keeps memory from one photo to the next for one network. Photos that are in work at the same time have memory of their
 * own, of which one is kept.
 *
 * @returns a function that lends memory to some work until that ends; after a failure it is not kept.
 */
export function keepTileMemory(): <Result>(work: (memory: TileMemory) => Promise<Result>) => Promise<Result> {
  let kept: Map<string, Float32Array> | undefined;
  return async (work) => {
    const rooms = kept ?? new Map<string, Float32Array>();
    kept = undefined;
    const result = await work(createTileMemory(rooms));
    const bytes = [...rooms.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (bytes <= mostKeptBytes) kept = rooms;
    return result;
  };
}

/** Memory for one work; sources must give the same values until that ends. */
export function createTileMemory(rooms = new Map<string, Float32Array>()): TileMemory {
  const fillings = new Map<string, Filling>();
  const roomOf = (name: string, length: number) => {
    const known = rooms.get(name);
    if (known && known.length >= length) return known;
    const room = new Float32Array(length);
    rooms.set(name, room);
    return room;
  };
  return {
    fill(name, length, source, region) {
      const room = roomOf(name, length);
      const values = room.subarray(0, length);
      const last = fillings.get(name);
      if (last?.room === room && last.source === source && isSameRegion(last.region, region)) return values;
      source.fill(region, values);
      fillings.set(name, { room, source, region });
      return values;
    },
  };
}

/** Whether two regions are the same. */
export function isSameRegion(a: Region, b: Region): boolean {
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}
