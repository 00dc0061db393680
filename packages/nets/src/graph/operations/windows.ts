import { attribute, optionalAttribute, type ValuesOf } from "../attribute.ts";
import { ceilDivide, type Dimension, floorDivide, minus, type Pair, plus } from "../dimension.ts";
import { refuse } from "../operation.ts";
import type { AxisReach } from "../reach.ts";

/** Sliding windows along one axis, in pixels. */
interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** The attributes that convolutions and poolings share; `SAME_UPPER` is TensorFlow's SAME, odd padding at the end. */
export const windowRules = {
  strides: attribute("ints", [1, 1]),
  pads: attribute("ints", [0, 0, 0, 0]),
  dilations: attribute("ints", [1, 1]),
  auto_pad: attribute("string", "NOTSET"),
};

/** How windows are placed: the values of `windowRules`. */
export type WindowAttributes = ValuesOf<typeof windowRules>;

/** The attributes that poolings share. */
export const poolRules = {
  ...windowRules,
  kernel_shape: optionalAttribute("ints"),
  ceil_mode: attribute("int", 0),
};

/** The values of `poolRules`. */
export type PoolAttributes = { readonly [Name in keyof typeof poolRules]: (typeof poolRules)[Name]["default"] };

/** Computes the number of windows along one axis. */
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

/** The reach of a window operation along one axis, if tiles begin at multiples of its stride. */
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

/** Throws if an attribute list has the wrong length or a number out of range. */
export function requireWindow(type: string, { strides, pads, dilations }: Omit<WindowAttributes, "auto_pad">): void {
  const fits = (list: readonly number[], length: number, least: number) =>
    list.length === length && list.every((value) => Number.isSafeInteger(value) && value >= least);
  if (fits(strides, 2, 1) && fits(dilations, 2, 1) && fits(pads, 4, 0)) return;
  throw refuse(type, `strides [${strides}], dilations [${dilations}] or pads [${pads}] do not fit pictures`);
}

/** Returns a list of two numbers as a pair. */
export function pairOf(list: readonly number[]): Pair {
  return [list[0], list[1]];
}

/** Computes the zeros before and after a side of a known length that has `count` windows. */
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
