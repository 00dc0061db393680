import { applyOne, attribute, defineOperation, floatShape, optionalAttribute, refuse } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { averagePoolGradient, maxPoolGradient } from "./pooling-gradient.ts";
import { elementCount } from "./reduction.ts";
import { windowCount, windowReach, windowRules } from "./windows.ts";

const poolRules = { ...windowRules, kernel_shape: optionalAttribute("ints"), ceil_mode: attribute("int", 0) };

/** The largest value of each window; with `ceil_mode` a window may hang over the end, where nothing can win. */
export const maxPoolOperation = defineOperation({
  type: "MaxPool",
  since: 12,
  arity: [1, 1],
  attributes: { ...poolRules, storage_order: attribute("int", 0) },
  infer([x], attributes) {
    return [{ element: "float32", shape: pooledShape("MaxPool", x, attributes) }];
  },
  reach(_, attributes, axis) {
    return windowReach("MaxPool", attributes.kernel_shape![axis - 2], attributes, (axis - 2) as 0 | 1);
  },
  gradient: maxPoolGradient,
});

/** The mean of each window. Padding counts as zeros only where `count_include_pad` is 1. */
export const averagePoolOperation = defineOperation({
  type: "AveragePool",
  since: 11,
  arity: [1, 1],
  attributes: { ...poolRules, count_include_pad: attribute("int", 0) },
  infer([x], attributes) {
    return [{ element: "float32", shape: pooledShape("AveragePool", x, attributes) }];
  },
  reach(_, attributes, axis) {
    return windowReach("AveragePool", attributes.kernel_shape![axis - 2], attributes, (axis - 2) as 0 | 1);
  },
  gradient: averagePoolGradient,
});

/** The mean of each whole channel. */
export const globalAveragePoolOperation = defineOperation({
  type: "GlobalAveragePool",
  since: 1,
  arity: [1, 1],
  attributes: {},
  infer([x]) {
    const [batch, channels] = floatShape("GlobalAveragePool", x, 4);
    return [{ element: "float32", shape: [batch, channels, 1, 1] }];
  },
  reach: () => undefined,
  gradient: ({ inputs: [x] }, [g], build) => [
    build.expand(build.div(g!, elementCount(build, x!, [2, 3])), build.shapeOf(x!)),
  ],
});

/** The attributes that both poolings have. */
export type PoolAttributes = { readonly [Name in keyof typeof poolRules]: (typeof poolRules)[Name]["default"] };

function pooledShape(type: string, x: Tensor | undefined, attributes: PoolAttributes) {
  const [batch, channels, height, width] = floatShape(type, x, 4);
  const kernel = attributes.kernel_shape;
  if (kernel?.length !== 2 || !kernel.every((side) => Number.isSafeInteger(side) && side >= 1)) {
    throw refuse(type, `kernel_shape [${kernel}] is not that of a picture`);
  }
  const ceil = attributes.ceil_mode === 1;
  return [
    batch,
    channels,
    windowCount(type, height, kernel[0], attributes, 0, ceil),
    windowCount(type, width, kernel[1], attributes, 1, ceil),
  ];
}

/**
 * Halves height and width, rounded up: the largest of each 2x2 block; an odd last row or column pools alone.
 *
 * @throws {KindlingError} `invalid-model` unless x is [batch, channels, height, width].
 */
export function maxPool2(x: Tensor): Tensor {
  return applyOne(maxPoolOperation, [x], { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 });
}

/**
 * The largest of each 3x3 block, every second pixel; a block that hangs over the right or bottom border counts too.
 *
 * @throws {KindlingError} `invalid-model` unless x is [batch, channels, height, width].
 */
export function maxPool3(x: Tensor): Tensor {
  return applyOne(maxPoolOperation, [x], { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 });
}

/**
 * The mean of each window of `kernel` pixels a side, `kernel` / 2 pixels beyond the borders; pixels outside are not
 * counted. The size stays.
 *
 * @throws {KindlingError} `invalid-model` unless x is [batch, channels, height, width].
 */
export function averagePool(x: Tensor, kernel: number): Tensor {
  const reach = (kernel - 1) / 2;
  return applyOne(averagePoolOperation, [x], { kernel_shape: [kernel, kernel], pads: [reach, reach, reach, reach] });
}

/** Halves height and width: the mean of each whole 2x2 block. */
export function averageBlocks2(x: Tensor): Tensor {
  return applyOne(averagePoolOperation, [x], { kernel_shape: [2, 2], strides: [2, 2] });
}

/** The mean of each whole channel: [batch, channels, 1, 1]. */
export function globalAveragePool(x: Tensor): Tensor {
  return applyOne(globalAveragePoolOperation, [x]);
}
