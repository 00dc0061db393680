import type { SmallTensor } from "./evaluate.ts";
import { aligned, clearBorder, Room } from "./memory.ts";
import { type Packing, packTiles, packValues, packWindows, toColumns, toVectors } from "./pack-weights.ts";
import type { WeightPlaces } from "./plan-run.ts";
import { type MapPlace, writeMap } from "./records.ts";

/** Functions of the module that give the number of tiles in a unit, and the bytes of scratch memory that a thread needs. */
export interface ModuleSizes {
  tilesOfUnit(): number;
  winogradScratch(channels: number, columns: number): number;
  windowScratch(side: number, channels: number, columns: number): number;
}

/** Gives the weights of a model places as plans ask for them, and packs them there. */
export class PackedWeights implements WeightPlaces {
  readonly #constants: ReadonlyMap<string, SmallTensor>;
  readonly #sizes: ModuleSizes;
  readonly #room: Room;
  readonly #places = new Map<string, number>();
  readonly #vectors = new Map<string, MapPlace>();
  readonly #packings: (readonly [place: number, packing: Packing])[] = [];
  /** Bytes of memory that a thread needs for itself. */
  scratch = 0;

  constructor(constants: ReadonlyMap<string, SmallTensor>, sizes: ModuleSizes, begin: number) {
    this.#constants = constants;
    this.#sizes = sizes;
    this.#room = new Room(begin);
  }

  /** Where the memory behind all weights begins. */
  get end(): number {
    return this.#room.end;
  }

  kernel(weight: string, form: "tiles" | "windows"): number {
    const { shape } = this.#tensor(weight);
    const [outputs, inputs, side] = shape;
    const [channels, columns] = [toVectors(inputs), toColumns(outputs)];
    const isTiled = form === "tiles";
    const scratch = isTiled
      ? this.#sizes.winogradScratch(channels, columns)
      : this.#sizes.windowScratch(side, channels, columns);
    this.scratch = Math.max(this.scratch, aligned(scratch));
    return this.#place(`${form} ${weight}`, (isTiled ? packTiles : packWindows)(this.#tensor(weight)));
  }

  bias(name: string): number {
    const bias = this.#tensor(name);
    return this.#place(`bias ${name}`, packValues(bias, bias.values.length));
  }

  unitsOfTiles(width: number, height: number): number {
    return Math.ceil((Math.ceil(width / 4) * Math.ceil(height / 4)) / this.#sizes.tilesOfUnit());
  }

  vector(name: string, channels: number): MapPlace {
    const key = `${name} ${channels}`;
    const known = this.#vectors.get(key);
    if (known) return known;
    const map = this.#room.takeMap(1, 1, toVectors(channels));
    this.#vectors.set(key, map);
    this.#packings.push([map.data, packValues(this.#tensor(name), channels)]);
    return map;
  }

  /** Packs all weights into memory; new memory of WebAssembly is 0. */
  write(buffer: ArrayBufferLike): void {
    const floats = new Float32Array(buffer);
    const words = new Int32Array(buffer);
    for (const map of this.#vectors.values()) {
      writeMap(words, map);
      clearBorder(floats, map);
    }
    for (const [place, { count, write }] of this.#packings) write(floats.subarray(place / 4, place / 4 + count));
  }

  #tensor(name: string): SmallTensor {
    return this.#constants.get(name) as SmallTensor;
  }

  #place(key: string, packing: Packing): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#room.take(4 * packing.count);
    this.#places.set(key, place);
    this.#packings.push([place, packing]);
    return place;
  }
}
