import { emberCells, emberTones } from "./facts.ts";
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
  /** Reads the restored roots and the gain from `mapWords`, of so many steps to a unit. */
  readMaps(count: number, rootSteps: number, gainSteps: number): void;
  /** Rounds the restored roots and the gain to `mapWords`. */
  writeMaps(count: number, rootSteps: number, gainSteps: number): void;
  /**
   * Restores the pixels from the column `from` on, whose own roots have been read, and finds their gains.
   *
   * @param width of the whole picture.
   * @param share factor of all gains.
   * @param noiseShare factor of what the analysis takes off as noise.
   */
  restore(
    from: number,
    count: number,
    width: number,
    brightness: number,
    share: number,
    noiseShare: number,
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
  "confidence",
] as const;

/**
 * The module of a thread, and views of its memory. They hold until room for longer rows is made: they are asked for anew
 * whenever other work of the thread may have come between, and hold nothing from then.
 */
export interface RowKernel extends Calls, Readonly<Record<(typeof planes)[number], Float32Array>> {
  /** Interleaved samples of a row, in all forms that pictures hold. */
  readonly samples: { readonly bytes: Uint8Array; readonly words: Uint16Array; readonly floats: Float32Array };
  /** A row of the maps: red, green, blue and gain. */
  readonly mapWords: readonly [red: Uint16Array, green: Uint16Array, blue: Uint16Array, gain: Uint16Array];
  /** The grids at the row: cells of every tone of the gains, of red, green and blue of the balance, of the saturation. */
  readonly gainCells: Float32Array;
  readonly balanceCells: Float32Array;
  readonly saturationCells: Float32Array;
}

/** What the module exports: its functions, its memory, and the places in it. */
type Exports = Calls & { readonly memory: { readonly buffer: ArrayBuffer } } & Readonly<
    Record<(typeof planes)[number] | "samples" | "mapWords" | `${"gain" | "balance" | "saturation"}Cells`, Place>
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
  const rows = Object.fromEntries(planes.map((name) => [name, floats(exported[name], pixels)]));
  return {
    ...exported,
    ...(rows as Record<(typeof planes)[number], Float32Array>),
    samples: {
      bytes: new Uint8Array(buffer, samples, 4 * pixels),
      words: new Uint16Array(buffer, samples, 4 * pixels),
      floats: new Float32Array(buffer, samples, 4 * pixels),
    },
    mapWords: [mapRow(0), mapRow(1), mapRow(2), mapRow(3)],
    gainCells: floats(exported.gainCells, emberTones * emberCells),
    balanceCells: floats(exported.balanceCells, 3 * emberCells),
    saturationCells: floats(exported.saturationCells, emberCells),
  };
}
