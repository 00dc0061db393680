import { ceilDivide, type Dimension, floorDivide, minus, plus } from "../dimension.ts";
import { type AxisReach, attribute, type Pair, refuse } from "../operation.ts";

/** Sliding windows along one axis: what convolutions and poolings share. */
interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** How windows are placed: the attributes that Conv and the poolings have in common. */
export interface WindowAttributes {
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
  /** `SAME_UPPER` is TensorFlow's SAME: as many outputs as strides begin in the input, odd padding at the end. */
  readonly auto_pad: string;
}

/** The attribute rules of `WindowAttributes`. */
export const windowRules = {
  strides: attribute("ints", [1, 1]),
  pads: attribute("ints", [0, 0, 0, 0]),
  dilations: attribute("ints", [1, 1]),
  auto_pad: attribute("string", "NOTSET"),
};

/** The number of windows along one axis. */
export function windowCount(
  type: string,
  length: Dimension,
  kernel: number,
  attributes: WindowAttributes,
  axis: 0 | 1,
  ceil = false,
): Dimension {
  const { stride, before, after, dilation } = windowAlong(type, kernel, attributes, axis);
  if (attributes.auto_pad === "SAME_UPPER") return ceilDivide(length, stride);
  const room = minus(plus(length, before + after), (kernel - 1) * dilation + 1);
  if (typeof room === "number" && room < 0) {
    throw refuse(type, `a window of ${kernel} does not fit a side of ${length} padded by ${before} and ${after}`);
  }
  return plus(ceil ? ceilDivide(room, stride) : floorDivide(room, stride), 1);
}

/** What a window operation needs of its input along one axis, where tiles begin at multiples of its stride. */
export function windowReach(type: string, kernel: number, attributes: WindowAttributes, axis: 0 | 1): AxisReach {
  const { stride, before, dilation } = windowAlong(type, kernel, attributes, axis);
  return {
    scale: 1 / stride,
    needs: ({ first, last }) => ({
      first: first * stride - before,
      last: last * stride - before + (kernel - 1) * dilation,
    }),
  };
}

/** Refuses attribute lists of the wrong length or with numbers that make no sense. */
export function requireWindow(type: string, { strides, pads, dilations }: Omit<WindowAttributes, "auto_pad">): void {
  const fits = (list: readonly number[], length: number, least: number) =>
    list.length === length && list.every((value) => Number.isSafeInteger(value) && value >= least);
  if (fits(strides, 2, 1) && fits(dilations, 2, 1) && fits(pads, 4, 0)) return;
  throw refuse(type, `strides [${strides}], dilations [${dilations}] or pads [${pads}] do not fit pictures`);
}

/** The two numbers of a list of two. */
export function pairOf(list: readonly number[]): Pair {
  return [list[0], list[1]];
}

/** Zeros before and after a side of a known length that has `count` windows. */
export function paddingAlong(
  type: string,
  length: number,
  count: number,
  kernel: number,
  attributes: WindowAttributes,
  axis: 0 | 1,
): Pair {
  const { stride, dilation, before, after } = windowAlong(type, kernel, attributes, axis);
  if (attributes.auto_pad === "NOTSET") return [before, after];
  const total = Math.max((count - 1) * stride + (kernel - 1) * dilation + 1 - length, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function windowAlong(type: string, kernel: number, attributes: WindowAttributes, axis: 0 | 1): Window {
  requireWindow(type, attributes);
  const stride = attributes.strides[axis];
  const dilation = attributes.dilations[axis];
  if (attributes.auto_pad === "NOTSET") {
    return { kernel, stride, dilation, before: attributes.pads[axis], after: attributes.pads[axis + 2] };
  }
  if (attributes.auto_pad !== "SAME_UPPER") throw refuse(type, `auto_pad ${attributes.auto_pad} is not supported`);
  const total = Math.max((kernel - 1) * dilation + 1 - stride, 0);
  return { kernel, stride, dilation, before: Math.floor(total / 2), after: Math.ceil(total / 2) };
}
