import { blockPx, coarseBlur, emberCells, emberTones, fineBlur } from "./facts.ts";
import { wasm } from "./row-kernel.generated.ts";

// Rows of pixels in the memory of a module of WebAssembly, which works on four pixels at a time: several times as fast as
// loops in JavaScript. Its source is the folder packages/systems/kernels/ember.

/** What the module does with the first `count` pixels of its rows. */
interface Calls {
  layOut(pixels: number, cells: number, tones: number): void;
  /**
   * Reads the photo's own roots, and its alpha, from `samples`; grey photos give three times the same.
   *
   * @param sampleBytes 1, 2 or 4: integers to 255, to 65535, or floats.
   */
  readSamples(count: number, channels: number, sampleBytes: number): void;
  /**
   * Adds samples, not pixels, times a weight to sums of rows.
   *
   * @param isFirst whether the sums begin with these.
   */
  addSamples(count: number, sampleBytes: number, weight: number, isFirst: boolean): void;
  /** Reduces the sums of rows by area to `outputs` pixels in the planes of red, green and blue; grey goes to all three. */
  reduceSums(inputs: number, outputs: number, channels: number): void;
  /** Reads the restored roots and the gain from `mapWords`, of so many steps to a unit. */
  readMaps(count: number, rootSteps: number, gainSteps: number): void;
  /** Rounds the restored roots and the gain to `mapWords`. */
  writeMaps(count: number, rootSteps: number, gainSteps: number): void;
  /**
   * Puts the pixels of the rows of `blocks`, and the enlarged `smoothRows`, which it overwrites, into the planes of what the analysis found.
   *
   * @param phase row of the pixels in their blocks, 0 to 3.
   */
  placeBlocks(count: number, phase: number): void;
  /**
   * Reads the roots of a row of the window from `samples`, the first of them for the column `from`, which is negative to the
   * left of the row's own pixels.
   *
   * @param index of the row, 0 to 10.
   */
  readWindowRow(index: number, from: number, count: number, channels: number, sampleBytes: number): void;
  /** Finds the grey of a row of the window once its pixels and what is beside them are there. */
  greyWindowRow(index: number, count: number): void;
  /**
   * Subtracts from the detail what the shares call noise, and copies the own roots out of the window.
   *
   * @param centre the row's index in the window; those of the rows above and below it follow in a ring.
   */
  separateNoise(centre: number, count: number): void;
  /** Rounds what the analysis found of a row, the detail and the confidence, to `mapWords`. */
  writeFound(count: number): void;
  /**
   * Reads a row of a smaller picture: its roots from `samples`, which are RGB, and what was found of it from `mapWords`.
   *
   * @param index where it goes, 0 to 2.
   */
  readSmallRow(index: number, count: number, sampleBytes: number): void;
  /**
   * Adds to `cellSums` what a small row holds in its cells of 8 px of the finest detail: what of it is taken off times what is
   * there, and the energy of this; of grey, then of the colours. The indexes are those of the row and of its neighbours.
   */
  addCellSums(above: number, own: number, below: number, count: number): void;
  /**
   * Enlarges small rows bilinearly, by the first of the tables `columns` and `columnShares`: the roots to the places of the restored
   * ones, and what was found of them.
   *
   * @param share how far the row is from the upper to the lower one, 0 to 1.
   */
  enlargeMaps(upper: number, lower: number, share: number, length: number, count: number): void;
  /** Enlarges `shareRows`, after whose last values there is one more, to the shares of a row, by the second tables. */
  enlargeShares(share: number, length: number, count: number): void;
  /**
   * Adds the finest detail to the enlarged one, less the shares of it that are noise: those of grey in the plane `fineShare`, those of the
   * colours in `coarseShare`. The enlarged roots of the smaller picture lie in those of the restored ones.
   */
  addFinestDetail(count: number): void;
  /**
   * Restores the pixels from the column `from` on, whose own roots have been read, and finds their gains.
   *
   * @param width of the whole picture.
   * @param share factor of all gains.
   * @param noiseShare factor of what the analysis takes off as noise.
   * @param redBlack encoded value of black, which is taken off, as those of green and blue.
   */
  restore(
    from: number,
    count: number,
    width: number,
    brightness: number,
    share: number,
    noiseShare: number,
    redBlack: number,
    greenBlack: number,
    blueBlack: number,
    whiteFrom: number,
    keptAtWhite: number,
  ): void;
  /**
   * Mixes the own roots into the restored ones: as much noise and colour cast goes as the strengths say, and more from
   * `faintGain` to `strongGain`, up to 1 - (1 - strength)^3.
   */
  mix(
    count: number,
    denoise: number,
    denoiseColour: number,
    redWeight: number,
    greenWeight: number,
    blueWeight: number,
    faintGain: number,
    strongGain: number,
  ): void;
  /** Lights the restored roots by their gains: encoded values, 0 to 1, take their place. */
  light(count: number, share: number, lift: number, keepHighlights: number): void;
  /** Writes the encoded values, and the alpha that has been read, to `samples`; of grey photos their mean. */
  writeSamples(count: number, channels: number, sampleBytes: number): void;
}

/** Rows of one float for each pixel. */
const planes = [
  "alpha",
  "red",
  "green",
  "blue",
  "gain",
  "redDetail",
  "greenDetail",
  "blueDetail",
  "fineShare",
  "coarseShare",
  "confidence",
] as const;

/** Name of a plane. */
type RowPlane = (typeof planes)[number];

/** Rows of blocks of what differs from pixel to pixel: of four planes. */
const blockRows = 4 * blockPx;

/** Rows of blocks of the three smooth maps. */
const smoothRowsOfMaps = 3 * 3;

/**
 * The module of a thread, and views of its memory. They hold until room for longer rows is made: they are asked for anew
 * whenever other work of the thread may have come between, and hold nothing from then.
 */
export interface RowKernel extends Calls, Readonly<Record<RowPlane, Float32Array>> {
  /** Interleaved samples of a row, in all forms that pictures hold. */
  readonly samples: { readonly bytes: Uint8Array; readonly words: Uint16Array; readonly floats: Float32Array };
  /** A row of the maps: red, green, blue and gain. */
  readonly mapWords: readonly [red: Uint16Array, green: Uint16Array, blue: Uint16Array, gain: Uint16Array];
  /**
   * Rows of blocks: for red, green and blue of the detail and for the share of the finest detail, the first pixels of all
   * blocks, the second ones, the third and the fourth.
   */
  readonly blocks: readonly Float32Array[];
  /**
   * For each of the smooth maps the row of blocks above the pixels, their own and the one below, from the block before the first
   * one to the block after the last one.
   */
  readonly smoothRows: readonly Float32Array[];
  /** Red, green and blue of each row of the window, from `windowMargin` pixels to the left on. */
  readonly window: readonly (readonly [red: Float32Array, green: Float32Array, blue: Float32Array])[];
  /** Weights of the wider blur from its centre on, then those of the finer one. */
  readonly weights: Float32Array;
  /** Of grey what is taken off and the energy, then of the colours. */
  readonly cellSums: readonly Float32Array[];
  /** The rows of cells above and below a row: of the share of grey, then of that of the colours. */
  readonly shareRows: readonly Float32Array[];
  /** For every column the one of a smaller map to its left, and how far it is from that to the next one, 0 to 1: for maps, and for shares. */
  readonly columns: readonly Int32Array[];
  readonly columnShares: readonly Float32Array[];
  /** The grids at the row: cells of every tone of the gains, of red, green and blue of the balance, of the saturation. */
  readonly gainCells: Float32Array;
  readonly balanceCells: Float32Array;
  readonly saturationCells: Float32Array;
}

/** Rows of the window: as many as the wider blur reaches above and below a row. */
export const windowRows = 2 * coarseBlur.radiusPx + 1;

/** Pixels to the left of a row's own that its planes in the window begin with. */
export const windowMargin = 8;

/** What the module exports: its functions, its memory, and the places in it. */
type Exports = Calls & { readonly memory: { readonly buffer: ArrayBuffer } } & Readonly<
    Record<RowPlane | `${"gain" | "balance" | "saturation"}Cells`, Place> &
      Record<
        | "samples"
        | "mapWords"
        | "blocks"
        | "smoothRows"
        | "blockRoom"
        | "window"
        | "windowPlane"
        | "weights"
        | "cellSums"
        | "shareRows"
        | "columns"
        | "columnShares",
        Place
      >
  >;

interface Place {
  readonly value: number;
}

// All places where Ember runs have both, but types of neither.
declare function atob(base64: string): string;
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

let exported: Exports | undefined;
let kernel: RowKernel | undefined;
let room = 0;

/** The kernel of this thread, with room for rows of `pixels`. */
export function rowKernel(pixels: number): RowKernel {
  if (kernel && pixels <= room) return kernel;
  exported ??= start();
  exported.layOut(pixels, emberCells, emberTones);
  room = pixels;
  kernel = viewsOf(exported, pixels);
  return kernel;
}

function start(): Exports {
  const bytes = Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0));
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
}

function viewsOf(exported: Exports, pixels: number): RowKernel {
  const { buffer } = exported.memory;
  const floats = ({ value }: Place, length: number) => new Float32Array(buffer, value, length);
  const samples = exported.samples.value;
  const mapRow = (index: number) => {
    const step = (exported.redDetail.value - exported.gain.value) / 2;
    return new Uint16Array(buffer, exported.mapWords.value + index * step, pixels);
  };
  const [block, plane] = [exported.blockRoom.value, exported.windowPlane.value / 4];
  const floatsFrom = ({ value }: Place, first: number, length: number) =>
    new Float32Array(buffer, value + 4 * first, length);
  const windowRow = (index: number) => {
    const of = (colour: number) => floatsFrom(exported.window, (4 * index + colour) * plane, plane);
    return [of(0), of(1), of(2)] as const;
  };
  const planeRoom = (exported.green.value - exported.red.value) / 4;
  const rowsFrom = (place: Place, count: number) =>
    Array.from({ length: count }, (_, row) => floatsFrom(place, row * planeRoom, planeRoom));
  const rows = Object.fromEntries(planes.map((name) => [name, floats(exported[name], pixels)]));
  return {
    ...exported,
    ...(rows as Record<RowPlane, Float32Array>),
    samples: {
      bytes: new Uint8Array(buffer, samples, 4 * pixels),
      words: new Uint16Array(buffer, samples, 4 * pixels),
      floats: new Float32Array(buffer, samples, 4 * pixels),
    },
    mapWords: [mapRow(0), mapRow(1), mapRow(2), mapRow(3)],
    blocks: Array.from({ length: blockRows }, (_, row) => floatsFrom(exported.blocks, row * block, block)),
    smoothRows: Array.from({ length: smoothRowsOfMaps }, (_, row) =>
      floatsFrom(exported.smoothRows, row * block, block),
    ),
    window: Array.from({ length: windowRows }, (_, index) => windowRow(index)),
    weights: floats(exported.weights, coarseBlur.radiusPx + fineBlur.radiusPx + 2),
    cellSums: rowsFrom(exported.cellSums, 4),
    shareRows: rowsFrom(exported.shareRows, 4),
    columns: [0, 1].map((row) => new Int32Array(buffer, exported.columns.value + 4 * row * planeRoom, pixels)),
    columnShares: rowsFrom(exported.columnShares, 2),
    gainCells: floats(exported.gainCells, emberTones * emberCells),
    balanceCells: floats(exported.balanceCells, 3 * emberCells),
    saturationCells: floats(exported.saturationCells, emberCells),
  };
}
