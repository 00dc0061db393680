import {
  abs,
  add,
  batchNormalization,
  cast,
  clip,
  concat,
  constant,
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
  min,
  mul,
  neg,
  pad,
  pow,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceSum,
  relu,
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
  where,
  window,
} from "@kindling/nets";
import { type OperationCase, one, raw } from "./operation-case.ts";
import { windowOperations } from "./window-operation-cases.ts";

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
  ...windowOperations,
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
export const undifferentiable: readonly string[] = [
  "Mod",
  "Equal",
  "Greater",
  "Less",
  "Shape",
  "Range",
  "QuantizeLinear",
  "DequantizeLinear",
];
