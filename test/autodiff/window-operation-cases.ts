import { averagePool, conv, convTranspose, integers, maxPool2, repeatPixels, upsampleBilinear2 } from "@kindling/nets";
import { type OperationCase, one, raw } from "./operation-case.ts";

const pools = (type: string) => [
  one("3x3 at every second pixel", [[1, 2, 7, 9]], raw(type, { kernel_shape: [3, 3], strides: [2, 2] })),
  one("3x3 with a border", [[2, 2, 5, 6]], raw(type, { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] })),
  one("SAME", [[1, 2, 5, 6]], raw(type, { kernel_shape: [3, 2], strides: [2, 1], auto_pad: "SAME_UPPER" })),
  one("hanging over the end", [[1, 2, 6, 6]], raw(type, { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 })),
  one("2x2 leaving a row and a column", [[1, 2, 5, 7]], raw(type, { kernel_shape: [2, 2], strides: [2, 2] })),
];

/** Uses of the operations that look at windows of a picture, by operator type. */
export const windowOperations: Readonly<Record<string, readonly OperationCase[]>> = {
  Conv: [
    one("3x3 with a bias", [[2, 3, 5, 6], [4, 3, 3, 3], [4]], (x, w, b) => conv(x, w, b, { pads: [1, 1, 1, 1] })),
    one(
      "1x1",
      [
        [2, 3, 4, 4],
        [2, 3, 1, 1],
      ],
      (x, w) => conv(x, w),
    ),
    one(
      "2x2 reaching over two sides",
      [
        [1, 2, 4, 5],
        [3, 2, 2, 2],
      ],
      (x, w) => conv(x, w, undefined, { pads: [0, 0, 1, 1] }),
    ),
    one(
      "strides that leave a row",
      [
        [1, 2, 6, 8],
        [3, 2, 3, 3],
      ],
      (x, w) => conv(x, w, undefined, { strides: [2, 2] }),
    ),
    one(
      "SAME at stride 2, even",
      [
        [1, 2, 6, 4],
        [3, 2, 3, 3],
      ],
      (x, w) => conv(x, w, undefined, { strides: [2, 2], pads: "same" }),
    ),
    one(
      "SAME at stride 2, odd",
      [
        [1, 2, 5, 7],
        [3, 2, 3, 3],
      ],
      (x, w) => conv(x, w, undefined, { strides: [2, 2], pads: "same" }),
    ),
    one(
      "dilated",
      [
        [1, 2, 7, 8],
        [3, 2, 3, 2],
      ],
      (x, w) => conv(x, w, undefined, { dilations: [2, 3], pads: [2, 1, 2, 1] }),
    ),
    one("in two groups", [[2, 4, 5, 5], [6, 2, 3, 3], [6]], (x, w, b) => conv(x, w, b, { group: 2, strides: [2, 1] })),
    one(
      "each channel by itself",
      [
        [2, 3, 5, 5],
        [3, 1, 3, 3],
      ],
      (x, w) => conv(x, w, undefined, { group: 3 }),
    ),
    one(
      "the weight turned around",
      [
        [2, 8, 22, 20],
        [2, 8, 3, 3],
      ],
      (x, w) => conv(x, w, undefined, { pads: [1, 0, 1, 2] }),
    ),
    one(
      "a large map, picture by picture",
      [
        [2, 2, 36, 35],
        [1, 2, 2, 2],
      ],
      (x, w) => conv(x, w),
    ),
  ],
  ConvTranspose: [
    one(
      "doubling",
      [
        [2, 3, 3, 4],
        [3, 2, 2, 2],
      ],
      (x, w) => convTranspose(x, w, undefined, { strides: [2, 2] }),
    ),
    one("4x4 with pads and a bias", [[1, 2, 3, 4], [2, 3, 4, 4], [3]], (x, w, b) =>
      convTranspose(x, w, b, { strides: [2, 2], pads: [1, 1, 1, 1] }),
    ),
    one(
      "one more row and column",
      [
        [1, 2, 3, 4],
        [2, 3, 3, 3],
      ],
      (x, w) => convTranspose(x, w, undefined, { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] }),
    ),
    one(
      "in two groups, dilated",
      [
        [1, 4, 3, 4],
        [4, 3, 2, 2],
      ],
      (x, w) => convTranspose(x, w, undefined, { group: 2, dilations: [2, 1] }),
    ),
  ],
  MaxPool: [
    ...pools("MaxPool"),
    one("halving", [[2, 2, 4, 6]], maxPool2),
    one("halving odd sides", [[2, 2, 5, 7]], maxPool2),
  ],
  AveragePool: [
    ...pools("AveragePool"),
    one("the same size", [[2, 2, 4, 5]], (x) => averagePool(x, 3)),
    one(
      "padding counts",
      [[1, 2, 5, 6]],
      raw("AveragePool", { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 }),
    ),
  ],
  Resize: [
    one("bilinear, half-pixel centres", [[2, 2, 3, 4]], (x) => upsampleBilinear2(x, "half_pixel")),
    one("bilinear, aligned corners", [[2, 2, 3, 4]], (x) => upsampleBilinear2(x, "align_corners")),
    one("nearest", [[2, 2, 3, 4]], (x) => repeatPixels(x, 2)),
    one("bilinear to another size", [[1, 2, 5, 4]], (x) =>
      raw("Resize", { mode: "linear" })(x, undefined, undefined, integers([1, 2, 3, 7])),
    ),
  ],
};
