import { attribute } from "../attribute.ts";
import { applyOne, defineOperation, floatShape, refuse } from "../operation.ts";
import type { Operation, Tensor } from "../tensor.ts";
import { elementsAlong } from "./axes.ts";
import { averagePoolGradient, maxPoolGradient } from "./pooling-gradient.ts";
import { type PoolAttributes, poolRules, windowCount, windowReach } from "./windows.ts";

/** The largest value of each window; with `ceil_mode` a window may extend past the end, where it has no pixels. */
const maxPoolOperation = defineOperation({
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

/** The mean of each window. Padding counts as zeros only if `count_include_pad` is 1. */
const averagePoolOperation = defineOperation({
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
const globalAveragePoolOperation = defineOperation({
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
    build.expand(build.div(g!, elementsAlong(build, x!, [2, 3])), build.shapeOf(x!)),
  ],
});

/** The operations of this family. */
export const poolingOperations: readonly Operation[] = [
  maxPoolOperation,
  averagePoolOperation,
  globalAveragePoolOperation,
];

function pooledShape(type: string, x: Tensor | undefined, attributes: PoolAttributes) {
  const [batch, channels, height, width] = floatShape(type, x, 4);
  const kernel = attributes.kernel_shape;
  if (kernel?.length !== 2 || !kernel.every((side) => Number.isSafeInteger(side) && side >= 1)) {
    throw refuse(type, `kernel_shape [${kernel}] must be two integers of at least 1`);
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
 * @example
 * // runs
 * const halved = maxPool2(image); // [1, 3, 32, 48]
 */
export function maxPool2(x: Tensor): Tensor {
  return applyOne(maxPoolOperation, [x], { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 });
}

/**
 * The largest of each 3x3 block, at every second pixel; blocks that extend past the right or bottom border count too.
 *
 * @throws {KindlingError} `invalid-model` unless x is [batch, channels, height, width].
 * @example
 * // runs
 * const halved = maxPool3(image); // [1, 3, 32, 48]
 */
export function maxPool3(x: Tensor): Tensor {
  return applyOne(maxPoolOperation, [x], { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 });
}

/**
 * The mean of the square window around each pixel; pixels outside the picture are not counted. The size stays.
 *
 * @param kernel side of the window in pixels, odd.
 * @throws {KindlingError} `invalid-model` unless x is [batch, channels, height, width].
 * @example
 * // runs
 * const smooth = averagePool(image, 9); // [1, 3, 64, 96]
 */
export function averagePool(x: Tensor, kernel: number): Tensor {
  const reach = (kernel - 1) / 2;
  return applyOne(averagePoolOperation, [x], { kernel_shape: [kernel, kernel], pads: [reach, reach, reach, reach] });
}

/**
 * Halves height and width: the mean of each whole 2x2 block.
 *
 * @example
 * // runs
 * const halved = averageBlocks2(image); // [1, 3, 32, 48]
 */
export function averageBlocks2(x: Tensor): Tensor {
  return applyOne(averagePoolOperation, [x], { kernel_shape: [2, 2], strides: [2, 2] });
}

/**
 * The mean of each whole channel: [batch, channels, 1, 1].
 *
 * @example
 * // runs
 * const meanColour = globalAveragePool(image); // [1, 3, 1, 1]
 */
export function globalAveragePool(x: Tensor): Tensor {
  return applyOne(globalAveragePoolOperation, [x]);
}
