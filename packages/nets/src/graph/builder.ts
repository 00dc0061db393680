import type { Pair } from "./dimension.ts";
import type { ElementType } from "./element-type.ts";

/** Settings of a convolution; lists hold one number an axis: [height, width]. */
export interface ConvSettings {
  readonly strides?: Pair;
  /** Zeros added at the top, left, bottom and right; `same` pads as TensorFlow's SAME. */
  readonly pads?: readonly [number, number, number, number] | "same";
  readonly dilations?: Pair;
  /** Number of groups of channels that are convolved separately; as many as channels: depthwise. */
  readonly group?: number;
}

/** Settings of a transposed convolution; lists hold one number an axis: [height, width]. */
export interface ConvTransposeSettings extends Omit<ConvSettings, "pads"> {
  /** Rows and columns cut off the result: top, left, bottom, right. */
  readonly pads?: readonly [number, number, number, number];
  /** Rows added below, columns added right: selects among the sizes that a strided convolution maps to x's. */
  readonly output_padding?: Pair;
}

/**
 * The functions that gradient rules build their result with: the part of `builders.ts` that they use.
 *
 * Rules get it as an argument, because importing `builders.ts`, which is made of the files that hold the rules, would
 * be circular. `Tensor` is a type parameter for the same reason: a tensor's type leads through its operation to this
 * one. What each function does is documented where it is defined, in `operations/`.
 */
export interface Builder<Tensor> {
  add(a: Tensor | number, b: Tensor | number): Tensor;
  sub(a: Tensor | number, b: Tensor | number): Tensor;
  mul(a: Tensor | number, b: Tensor | number): Tensor;
  div(a: Tensor | number, b: Tensor | number): Tensor;
  pow(a: Tensor | number, b: Tensor | number): Tensor;

  neg(x: Tensor): Tensor;
  sign(x: Tensor): Tensor;
  sqrt(x: Tensor): Tensor;
  log(x: Tensor): Tensor;

  equal(a: Tensor | number, b: Tensor | number): Tensor;
  greater(a: Tensor | number, b: Tensor | number): Tensor;
  where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor;

  reduceMean(x: Tensor, axes?: readonly number[], keep?: boolean): Tensor;
  reduceSum(x: Tensor, axes?: readonly number[], keep?: boolean): Tensor;

  reshape(x: Tensor, shape: readonly number[] | Tensor): Tensor;
  squeeze(x: Tensor, axes: readonly number[]): Tensor;
  unsqueeze(x: Tensor, axes: readonly number[]): Tensor;
  transpose(x: Tensor, perm: readonly number[]): Tensor;
  expand(x: Tensor, shape: Tensor): Tensor;

  concat(tensors: readonly Tensor[], axis: number): Tensor;
  slice(x: Tensor, axis: number, start: number | Tensor, end: number | Tensor): Tensor;
  window(x: Tensor, axis: number, starts: Pair, ends: Pair, steps?: Pair): Tensor;
  gather(x: Tensor, indices: Tensor, axis: number): Tensor;
  pad(x: Tensor, pads: readonly number[] | Tensor, mode?: "constant" | "reflect" | "edge", value?: number): Tensor;

  shapeOf(x: Tensor, start?: number, end?: number): Tensor;
  sizeOf(x: Tensor, axis: number): Tensor;
  range(count: Tensor): Tensor;
  cast(x: Tensor, to: ElementType): Tensor;

  matMul(a: Tensor, b: Tensor): Tensor;
  conv(x: Tensor, weight: Tensor, bias?: Tensor, settings?: ConvSettings): Tensor;
  convTranspose(x: Tensor, weight: Tensor, bias?: Tensor, settings?: ConvTransposeSettings): Tensor;
  averageBlocks2(x: Tensor): Tensor;
  repeatPixels(x: Tensor, factor: number): Tensor;
}
