// Layout of the records that describe maps and steps to the module; packages/nets/kernels/inference/records.ts reads them.

/** What a step does. */
export const kernels = {
  tiles: 0,
  windows: 1,
  elementwise: 2,
  repeat: 3,
  extend: 4,
  readPlanes: 5,
  writePlanes: 6,
} as const;

/** What an elementwise step computes, by the operator's name in ONNX. */
export const elementwiseModes: Readonly<Record<string, number>> = {
  Add: 0,
  Sub: 1,
  Mul: 2,
  Max: 3,
  Relu: 4,
  Sqrt: 5,
  Sigmoid: 6,
};

/** Fields of a step, each of 4 bytes. */
const stepFields = [
  "kernel",
  "units",
  "from",
  "to",
  "other",
  "weights",
  "bias",
  "mode",
  "side",
  "stride",
  "pad",
  "columns",
] as const;

/** A step; fields that it has no use for are 0. */
export type Step = Partial<Readonly<Record<(typeof stepFields)[number], number>>>;

/** Bytes of a step's record. */
export const stepBytes = 4 * stepFields.length;

/** Bytes of a map's record. */
export const mapBytes = 32;

/** A map in memory: pixels of `channels` floats, a multiple of 4, with a border of zeros around them. */
export interface MapPlace {
  /** Place of its record. */
  readonly record: number;
  /** Place of its first pixel. */
  readonly data: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly rowBytes: number;
}

/** Writes the record of a map. */
export function writeMap(words: Int32Array, { record, data, width, height, channels, rowBytes }: MapPlace): void {
  words.set([data, width, height, channels, rowBytes], record / 4);
}

/** Writes the records of steps one after the other. */
export function writeSteps(words: Int32Array, at: number, steps: readonly Step[]): void {
  words.set(
    steps.flatMap((step) => stepFields.map((field) => step[field] ?? 0)),
    at / 4,
  );
}
