import {
  abs,
  add,
  apply,
  averagePool,
  batchNormalization,
  cast,
  clip,
  concat,
  constant,
  conv,
  convTranspose,
  div,
  exp,
  expand,
  floor,
  gather,
  globalAveragePool,
  greater,
  identity,
  instanceNormalization,
  integers,
  leakyRelu,
  log,
  matMul,
  max,
  maxPool2,
  min,
  mul,
  neg,
  operations,
  pad,
  pow,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceSum,
  relu,
  repeatPixels,
  reshape,
  sigmoid,
  sign,
  slice,
  sqrt,
  squeeze,
  sub,
  type Tensor,
  tanh,
  transpose,
  unsqueeze,
  upsampleBilinear2,
  where,
  window,
} from "@kindling/nets";

/** One use of an operation whose gradients are checked. */
export interface OperationCase {
  /** What is special about it. */
  readonly about: string;
  readonly shapes: readonly (readonly number[])[];
  /** From where to where inputs lie; default -1 to 1. */
  readonly range?: readonly [number, number];
  readonly build: (...inputs: Tensor[]) => Tensor;
}

const one = (about: string, shapes: readonly (readonly number[])[], build: OperationCase["build"]): OperationCase => {
  return { about, shapes, build };
};
const positive = (shapes: readonly (readonly number[])[], build: OperationCase["build"]): OperationCase => {
  return { about: "positive numbers", shapes, range: [0.2, 2], build };
};

const picture = [2, 3, 4, 5];
const simple = (build: (x: Tensor) => Tensor) => [one("a picture", [picture], build)];
const broadcasting = (build: (a: Tensor, b: Tensor) => Tensor) => [
  one("equal shapes", [picture, picture], build),
  one("one value a channel", [picture, [3, 1, 1]], build),
  one("a scalar first", [[], picture], build),
  one(
    "both repeated",
    [
      [2, 1, 4, 1],
      [3, 1, 5],
    ],
    build,
  ),
];
const reductions = (reduce: typeof reduceSum) => [
  one("everything", [picture], (x) => reduce(x)),
  one("to a scalar", [picture], (x) => reduce(x, undefined, false)),
  one("channels, dropped", [picture], (x) => reduce(x, [1], false)),
  one("pixels, kept", [picture], (x) => reduce(x, [2, 3])),
  one("all but channels, dropped", [picture], (x) => reduce(x, [0, 2, 3], false)),
];
const raw = (type: string, attributes: Record<string, number | string | readonly number[]>) => {
  return (...inputs: (Tensor | undefined)[]) => apply(operations.get(type)!, inputs, attributes)[0];
};
const pools = (type: string) => [
  one("3x3 at every second pixel", [[1, 2, 7, 9]], raw(type, { kernel_shape: [3, 3], strides: [2, 2] })),
  one("3x3 with a border", [[2, 2, 5, 6]], raw(type, { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] })),
  one("SAME", [[1, 2, 5, 6]], raw(type, { kernel_shape: [3, 2], strides: [2, 1], auto_pad: "SAME_UPPER" })),
  one("hanging over the end", [[1, 2, 6, 6]], raw(type, { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 })),
  one("2x2 leaving a row and a column", [[1, 2, 5, 7]], raw(type, { kernel_shape: [2, 2], strides: [2, 2] })),
];

/** Uses of every operation that a gradient flows through, by operator type. */
export const differentiable: Readonly<Record<string, readonly OperationCase[]>> = {
  Relu: simple(relu),
  LeakyRelu: [
    ...simple((x) => leakyRelu(x, 0.2)),
    one("a negative slope", [picture], (x) => leakyRelu(x, -0.3)),
    one("a slope above 1", [picture], (x) => leakyRelu(x, 1.5)),
  ],
  Sigmoid: simple(sigmoid),
  Tanh: simple(tanh),
  Abs: simple(abs),
  Neg: simple(neg),
  Exp: simple(exp),
  Log: [positive([picture], log)],
  Sqrt: [positive([picture], sqrt)],
  Floor: simple(floor),
  Sign: simple(sign),
  Clip: simple((x) => clip(x, -0.4, 0.5)),
  Identity: simple(identity),
  Add: broadcasting(add),
  Sub: broadcasting(sub),
  Mul: broadcasting(mul),
  Div: [positive([picture, picture], div), positive([picture, [3, 1, 1]], div), positive([[], picture], div)],
  Pow: [positive([picture, picture], pow), positive([picture, []], pow)],
  Min: broadcasting(min),
  Max: broadcasting(max),
  Where: broadcasting((a, b) => where(greater(constant([0.1, -0.1, 0.3], [3, 1, 1]), 0), a, b)),
  Cast: simple((x) => cast(x, "float32")),
  ReduceSum: reductions(reduceSum),
  ReduceMean: reductions(reduceMean),
  ReduceMax: reductions(reduceMax),
  ReduceMin: reductions(reduceMin),
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
  GlobalAveragePool: simple(globalAveragePool),
  BatchNormalization: [positive([picture, [3], [3], [3], [3]], batchNormalization)],
  InstanceNormalization: [one("a picture", [picture, [3], [3]], instanceNormalization)],
  MatMul: [
    one(
      "matrices",
      [
        [3, 4],
        [4, 5],
      ],
      matMul,
    ),
    one(
      "one matrix for a batch",
      [
        [2, 3, 4, 5],
        [5, 2],
      ],
      matMul,
    ),
    one(
      "batches repeated",
      [
        [2, 1, 3, 4],
        [3, 4, 2],
      ],
      matMul,
    ),
  ],
  Gemm: [
    one("neither transposed", [[3, 4], [4, 5], [5]], raw("Gemm", { alpha: 0.5, beta: 2 })),
    one(
      "both transposed",
      [
        [4, 3],
        [5, 4],
        [3, 1],
      ],
      raw("Gemm", { transA: 1, transB: 1 }),
    ),
    one(
      "no offset",
      [
        [4, 3],
        [4, 5],
      ],
      raw("Gemm", { transA: 1 }),
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
  Concat: [
    one("channels", [picture, [2, 1, 4, 5], picture], (a, b, c) => concat([a, b, c], 1)),
    one("the last axis by its negative number", [picture, [2, 3, 4, 2]], (a, b) => concat([a, b], -1)),
  ],
  Slice: [
    one("channels", [picture], (x) => slice(x, 1, 1, 3)),
    one("counted from the end", [picture], (x) => slice(x, 3, -3, -1)),
    one("every second row, every third column", [[1, 2, 5, 8]], (x) => window(x, 2, [1, 0], [4, 8], [2, 3])),
  ],
  Gather: [
    one("rows, some twice", [picture], (x) => gather(x, integers([0, 2, 2, 3]), 2)),
    one("columns", [picture], (x) => gather(x, integers([4, 0]), 3)),
    one("channels", [picture], (x) => gather(x, integers([2, 0, 0, 1]), 1)),
    one("one channel", [picture], (x) => gather(x, integers(1), 1)),
  ],
  Pad: [
    one("zeros", [picture], (x) => pad(x, [0, 0, 1, 2, 0, 1, 0, 1])),
    one("mirrored", [picture], (x) => pad(x, [0, 0, 3, 2, 0, 0, 1, 4], "reflect")),
    one("the edge repeated", [picture], (x) => pad(x, [0, 0, 2, 0, 0, 0, 1, 3], "edge")),
  ],
  Reshape: simple((x) => reshape(x, [6, -1])),
  Squeeze: [one("two sides", [[2, 1, 3, 1]], (x) => squeeze(x, [1, 3]))],
  Unsqueeze: simple((x) => unsqueeze(x, [0, 3])),
  Transpose: simple((x) => transpose(x, [2, 0, 3, 1])),
  Expand: [one("channels", [[2, 1, 4, 1]], (x) => expand(x, integers([2, 3, 4, 5])))],
  DepthToSpace: [
    one("DCR", [[2, 8, 2, 3]], raw("DepthToSpace", { blocksize: 2 })),
    one("CRD", [[2, 8, 2, 3]], raw("DepthToSpace", { blocksize: 2, mode: "CRD" })),
  ],
};

/** Operations on whole numbers and truth values, through which nothing flows. */
export const undifferentiable: readonly string[] = ["Mod", "Equal", "Greater", "Less", "Shape", "Range"];
