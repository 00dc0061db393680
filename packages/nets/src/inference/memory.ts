import { KindlingError } from "@kindling/core";
import { type MapPlace, mapBytes } from "./records.ts";

/** Bytes of a page of WebAssembly. */
const pageBytes = 65536;

/** Most pages that a memory has here: 1 GB. */
export const mostPages = 16384;

/** The part of a WebAssembly.Memory that is used; of Node and browsers alike. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  grow(pages: number): number;
}

/** Grows a memory until it has so many bytes. */
export function growTo(memory: WasmMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return;
  try {
    memory.grow(Math.ceil(missing / pageBytes));
  } catch (cause) {
    const megabytes = Math.ceil(bytes / 1e6);
    throw new KindlingError("out-of-memory", `The network needs ${megabytes} MB, more than can be had here.`, {
      cause,
    });
  }
}

/** A multiple of 16, as vectors need. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

/** Hands out memory from a place on; maps that are given back serve again for maps of the same size. */
export class Room {
  /** Where the next bytes are taken. */
  end: number;
  readonly maps: MapPlace[] = [];
  readonly #free = new Map<string, MapPlace[]>();

  constructor(begin: number) {
    this.end = aligned(begin);
  }

  take(bytes: number): number {
    const place = this.end;
    this.end = aligned(place + bytes);
    return place;
  }

  /**
   * Takes a map, with a border of one pixel, and at the right and below it of as many as make its sides multiples of 4: tiles of
   * 4x4 pixels read one pixel around themselves.
   */
  takeMap(width: number, height: number, channels: number): MapPlace {
    const free = this.#free.get(sizeOf({ width, height, channels }))?.pop();
    if (free) return free;
    const rowBytes = (4 * Math.ceil(width / 4) + 2) * channels * 4;
    const record = this.take(mapBytes);
    const first = this.take((4 * Math.ceil(height / 4) + 2) * rowBytes);
    const map = { record, data: first + rowBytes + channels * 4, width, height, channels, rowBytes };
    this.maps.push(map);
    return map;
  }

  giveBack(map: MapPlace): void {
    const key = sizeOf(map);
    this.#free.set(key, [...(this.#free.get(key) ?? []), map]);
  }
}

function sizeOf({ width, height, channels }: Pick<MapPlace, "width" | "height" | "channels">): string {
  return [width, height, channels].join();
}

/** Fills the border of a map with zeros: convolutions read them, and nothing writes there. */
export function clearBorder(floats: Float32Array, { data, width, height, channels, rowBytes }: MapPlace): void {
  const [row, first] = [rowBytes / 4, data / 4];
  const rows = 4 * Math.ceil(height / 4) + 2;
  floats.fill(0, first - row - channels, first);
  // What lies to the right of a row and to the left of the next one is in one piece.
  for (let y = 0; y < height; y++) {
    const right = first + y * row + width * channels;
    floats.fill(0, right, right + row - width * channels);
  }
  floats.fill(0, first + height * row - channels, first - row - channels + rows * row);
}
