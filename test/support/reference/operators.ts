import { type Node, operations } from "@kindling/nets/internal";
import { at, broadcastAt, build, type Numbers, pick, sizeOf, stridesOf } from "./numbers.ts";
import { convolve, type Placing, pool } from "./windows.ts";

/** What a node's inputs give, computed straight from ONNX's definition of the operator in float64. */
export type Operator = (inputs: readonly Numbers[], node: Node, shape: readonly number[]) => Numbers;

const get = ({ attributes }: Pick<Node, "attributes">, name: string) => attributes[name];

const each = (operate: (x: number) => number): Operator => {
  return ([x]) => ({ shape: x.shape, data: x.data.map(operate) });
};

const pairs = (operate: (a: number, b: number, whole: boolean) => number): Operator => {
  return ([a, b], node, shape) => {
    const whole = node.outputs[0].element === "int64";
    return build(shape, (position) => operate(broadcastAt(a, position), broadcastAt(b, position), whole));
  };
};

/** Reshapes and the like: the elements stay in their order. */
const sameOrder: Operator = ([x], _, shape) => ({ shape, data: x.data });

const fromEnd = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);

const reduce = (start: number, step: (a: number, b: number) => number, mean = false): Operator => {
  return ([x, axes], node) => {
    const reduced = axes ? [...axes.data].map((axis) => fromEnd(axis, x.shape.length)) : x.shape.map((_, axis) => axis);
    const kept = x.shape.map((side, axis) => (reduced.includes(axis) ? 1 : side));
    const result = new Float64Array(sizeOf(kept)).fill(start);
    const places = build(kept, (_, place) => place);
    build(x.shape, (position, place) => {
      const target = broadcastAt(places, position);
      result[target] = step(result[target], x.data[place]);
      return 0;
    });
    const count = mean ? x.data.length / result.length : 1;
    const shape = get(node, "keepdims") === 1 ? kept : x.shape.filter((_, axis) => !reduced.includes(axis));
    return { shape, data: result.map((value) => value / count) };
  };
};

const placingOf = (node: Node) => node.attributes as unknown as Placing;

/** Mean and biased variance of each channel of each picture. */
function statistics(x: Numbers): [mean: number, variance: number][] {
  const area = x.shape[2] * x.shape[3];
  return Array.from({ length: x.shape[0] * x.shape[1] }, (_, i) => {
    const values = x.data.subarray(i * area, (i + 1) * area);
    const mean = values.reduce((sum, value) => sum + value, 0) / area;
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / area];
  });
}

function product(a: Numbers, b: Numbers, shape: readonly number[]): Numbers {
  const inner = a.shape.at(-1)!;
  const [rows, columns] = shape.slice(-2);
  const outer = shape.slice(0, -2);
  // Where each matrix of a batch begins, repeated along sides of 1.
  const starts = ({ shape: sides }: Numbers) => {
    const batch = sides.slice(0, -2);
    const places = build(batch, (_, place) => place * sizeOf(sides.slice(-2)));
    return build(outer, (position) => broadcastAt(places, position)).data;
  };
  const [lefts, rights] = [starts(a), starts(b)];
  const data = new Float64Array(sizeOf(shape));
  for (let n = 0; n < lefts.length; n++) {
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < inner; k++) {
        const factor = a.data[lefts[n] + i * inner + k];
        for (let j = 0; j < columns; j++) {
          data[(n * rows + i) * columns + j] += factor * b.data[rights[n] + k * columns + j];
        }
      }
    }
  }
  return { shape, data };
}

function turned(x: Numbers, turn: boolean): Numbers {
  return turn ? build([x.shape[1], x.shape[0]], ([i, j]) => at(x, [j, i])) : x;
}

/** Positions and weights that one result along an axis is interpolated from. */
function samples(i: number, side: number, results: number, scale: number, attributes: Node["attributes"]) {
  if (get({ attributes }, "mode") === "nearest") return [[Math.min(Math.floor(i / scale), side - 1), 1]];
  const corners = get({ attributes }, "coordinate_transformation_mode") === "align_corners";
  const exact = corners ? (results === 1 ? 0 : (i * (side - 1)) / (results - 1)) : (i + 0.5) / scale - 0.5;
  const position = Math.min(Math.max(exact, 0), side - 1);
  const left = Math.floor(position);
  return [
    [left, 1 - (position - left)],
    [Math.min(left + 1, side - 1), position - left],
  ];
}

const resize: Operator = ([x], node, shape) => {
  let result = x;
  for (const axis of [2, 3]) {
    const source = result;
    const [side, results] = [source.shape[axis], shape[axis]];
    result = build(source.shape.with(axis, results), (position) =>
      samples(position[axis], side, results, results / side, node.attributes).reduce(
        (sum, [from, weight]) => sum + weight * at(source, position.with(axis, from)),
        0,
      ),
    );
  }
  return result;
};

function borderSource(position: number, side: number, mode: unknown): number {
  if (position >= 0 && position < side) return position;
  if (mode === "edge") return position < 0 ? 0 : side - 1;
  if (mode === "reflect") return position < 0 ? -position : 2 * (side - 1) - position;
  return -1;
}

const table: Readonly<Record<string, Operator>> = {
  Relu: each((x) => Math.max(x, 0)),
  LeakyRelu: ([x], { attributes }) => ({
    shape: x.shape,
    data: x.data.map((v) => (v < 0 ? v * Number(get({ attributes }, "alpha")) : v)),
  }),
  Sigmoid: each((x) => 1 / (1 + Math.exp(-x))),
  Tanh: each(Math.tanh),
  Abs: each(Math.abs),
  Neg: each((x) => -x),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Sqrt: each(Math.sqrt),
  Floor: each(Math.floor),
  Sign: each(Math.sign),
  Identity: sameOrder,
  Add: pairs((a, b) => a + b),
  Sub: pairs((a, b) => a - b),
  Mul: pairs((a, b) => a * b),
  Div: pairs((a, b, whole) => (whole ? Math.trunc(a / b) : a / b)),
  Pow: pairs((a, b) => a ** b),
  Min: pairs((a, b) => Math.min(a, b)),
  Max: pairs((a, b) => Math.max(a, b)),
  Mod: pairs((a, b) => a - b * Math.floor(a / b)),
  Equal: pairs((a, b) => Number(a === b)),
  Greater: pairs((a, b) => Number(a > b)),
  Less: pairs((a, b) => Number(a < b)),
  Where: ([condition, a, b], _, shape) =>
    build(shape, (position) => broadcastAt(broadcastAt(condition, position) === 1 ? a : b, position)),
  Clip: ([x, least, most]) => ({
    shape: x.shape,
    data: x.data.map((v) => Math.min(Math.max(v, least?.data[0] ?? -Infinity), most?.data[0] ?? Infinity)),
  }),
  ReduceSum: reduce(0, (a, b) => a + b),
  ReduceMean: reduce(0, (a, b) => a + b, true),
  ReduceMax: reduce(-Infinity, Math.max),
  ReduceMin: reduce(Infinity, Math.min),
  Conv: ([x, weight, bias], node, shape) => convolve(x, weight, bias, placingOf(node), shape),
  ConvTranspose: ([x, weight, bias], node, shape) => convolve(x, weight, bias, placingOf(node), shape, true),
  MaxPool: ([x], node, shape) => pool("max", x, get(node, "kernel_shape") as number[], placingOf(node), shape),
  AveragePool: ([x], node, shape) => pool("mean", x, get(node, "kernel_shape") as number[], placingOf(node), shape),
  GlobalAveragePool: ([x], _, shape) => build(shape, (__, place) => statistics(x)[place][0]),
  BatchNormalization: ([x, scale, offset, mean, variance], { attributes }) =>
    build(x.shape, ([, c], place) => {
      const deviation = Math.sqrt(variance.data[c] + Number(get({ attributes }, "epsilon")));
      return ((x.data[place] - mean.data[c]) / deviation) * scale.data[c] + offset.data[c];
    }),
  InstanceNormalization: ([x, scale, offset], { attributes }) => {
    const each = statistics(x);
    return build(x.shape, ([n, c], place) => {
      const [mean, variance] = each[n * x.shape[1] + c];
      return (
        ((x.data[place] - mean) / Math.sqrt(variance + Number(get({ attributes }, "epsilon")))) * scale.data[c] +
        offset.data[c]
      );
    });
  },
  MatMul: ([a, b], _, shape) => product(a, b, shape),
  Gemm: ([a, b, c], { attributes }, shape) => {
    const ab = product(
      turned(a, get({ attributes }, "transA") === 1),
      turned(b, get({ attributes }, "transB") === 1),
      shape,
    );
    const [alpha, beta] = [Number(get({ attributes }, "alpha")), Number(get({ attributes }, "beta"))];
    return build(shape, (position, place) => alpha * ab.data[place] + (c ? beta * broadcastAt(c, position) : 0));
  },
  Resize: resize,
  Shape: ([x], { attributes }) => {
    const sides = x.shape.slice(Number(get({ attributes }, "start")), get({ attributes }, "end") as number | undefined);
    return { shape: [sides.length], data: Float64Array.from(sides) };
  },
  Range: ([start, limit]) => build([limit.data[0] - start.data[0]], ([i]) => start.data[0] + i),
  Cast: ([x], node) => (node.outputs[0].element === "int64" ? { shape: x.shape, data: x.data.map(Math.trunc) } : x),
  Concat: (inputs, node, shape) => {
    const axis = fromEnd(Number(get(node, "axis")), shape.length);
    const rows = sizeOf(shape.slice(0, axis));
    const data = new Float64Array(sizeOf(shape));
    let column = 0;
    for (const part of inputs) {
      const width = part.data.length / rows;
      for (let row = 0; row < rows; row++) {
        data.set(part.data.subarray(row * width, (row + 1) * width), (row * data.length) / rows + column);
      }
      column += width;
    }
    return { shape, data };
  },
  Slice: ([x, starts, , axes, steps], _, shape) => {
    const along = axes ? [...axes.data].map((axis) => fromEnd(axis, shape.length)) : [...starts.data.keys()];
    const strides = stridesOf(x.shape);
    const moves = [...strides];
    let start = 0;
    along.forEach((axis, i) => {
      start += Math.min(fromEnd(starts.data[i], x.shape[axis]), x.shape[axis]) * strides[axis];
      moves[axis] *= steps?.data[i] ?? 1;
    });
    return pick(x, shape, start, moves);
  },
  Gather: ([x, indices], node, shape) => {
    const axis = fromEnd(Number(get(node, "axis")), x.shape.length);
    const rank = indices.shape.length;
    return build(shape, (position) => {
      const index = fromEnd(at(indices, position.slice(axis, axis + rank)), x.shape[axis]);
      return at(x, [...position.slice(0, axis), index, ...position.slice(axis + rank)]);
    });
  },
  Pad: ([x, pads, value], node, shape) =>
    build(shape, (position) => {
      const source = position.map((p, axis) => borderSource(p - pads.data[axis], x.shape[axis], get(node, "mode")));
      return source.includes(-1) ? (value?.data[0] ?? 0) : at(x, source);
    }),
  Reshape: sameOrder,
  Squeeze: sameOrder,
  Unsqueeze: sameOrder,
  Transpose: ([x], node, shape) => {
    const order = (get(node, "perm") as number[] | undefined) ?? x.shape.map((_, axis) => axis).reverse();
    const strides = stridesOf(x.shape);
    return pick(
      x,
      shape,
      0,
      order.map((axis) => strides[axis]),
    );
  },
  Expand: ([x], _, shape) => build(shape, (position) => broadcastAt(x, position)),
  DepthToSpace: ([x], { attributes }, shape) => {
    const block = Number(get({ attributes }, "blocksize"));
    return build(shape, ([n, c, y, column]) => {
      const place = (y % block) * block + (column % block);
      const channel = get({ attributes }, "mode") === "DCR" ? place * shape[1] + c : c * block ** 2 + place;
      return at(x, [n, channel, Math.floor(y / block), Math.floor(column / block)]);
    });
  },
};

/** The reference of an operation. Throws for one that has none. */
export function operatorOf(type: string): Operator {
  const operator = table[type];
  if (!operator || !operations.has(type)) throw new Error(`The reference has no ${type}.`);
  return operator;
}
