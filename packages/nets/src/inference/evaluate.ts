import { KindlingError } from "@kindling/core";
import { widenFloat16 } from "../checkpoints/float16.ts";
import type { StoredAttribute, StoredNode, StoredValue } from "../onnx/read-model.ts";
import { dataType } from "../onnx/wire.ts";

/** A tensor of few values, in row-major order. */
export interface SmallTensor {
  readonly shape: readonly number[];
  readonly values: Float64Array;
  /** Whether it has whole numbers by its type: quotients of such are cut to whole numbers. */
  readonly isWhole: boolean;
}

type Operator = (inputs: readonly SmallTensor[], node: StoredNode) => SmallTensor;

/** What the operators do, one value after the other: for weights, sizes and maps of a few thousand values. */
const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["Constant", (_, node) => readTensor(requireAttribute(node, "value").tensor)],
  ["Cast", ([x], node) => ({ ...x, isWhole: isWholeType(requireAttribute(node, "to").int) })],
  ["Identity", ([x]) => x],
  ["Add", byPairs((a, b) => a + b)],
  ["Sub", byPairs((a, b) => a - b)],
  ["Mul", byPairs((a, b) => a * b)],
  ["Max", byPairs((a, b) => Math.max(a, b))],
  ["Min", byPairs((a, b) => Math.min(a, b))],
  ["Relu", byValues((x) => Math.max(0, x))],
  ["Sqrt", byValues(Math.sqrt)],
  ["Exp", byValues(Math.exp)],
  ["Tanh", byValues(Math.tanh)],
  ["Sigmoid", byValues((x) => 1 / (1 + Math.exp(-x)))],
  ["Div", byPairs((a, b) => a / b)],
  ["ReduceMax", reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)],
  ["ReduceMin", reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)],
  ["ReduceMean", (inputs, node) => meanOf(reduce((a, b) => a + b, 0)(inputs, node), inputs[0])],
  [
    "GlobalAveragePool",
    ([x], node) =>
      meanOf(
        reduceAxes(x, spatialOf(x), (a, b) => a + b, 0, node),
        x,
      ),
  ],
  ["Concat", (inputs, node) => concatenate(inputs, attributeOf(node, "axis")?.int ?? 0)],
  ["Reshape", ([x, wanted]) => ({ ...x, shape: reshaped(x.shape, wanted.values) })],
  ["Expand", ([x, { values }]) => byPairs((a) => a)([x, zerosOf([...values])], nothing)],
  ["Pad", padWithZeros],
]);

/** Whether an operator can be evaluated. */
export function canEvaluate(operator: string): boolean {
  return operators.has(operator);
}

/** Evaluates a node. */
export function evaluate(node: StoredNode, inputs: readonly SmallTensor[]): SmallTensor {
  const operator = operators.get(node.operator);
  if (!operator) throw new KindlingError("invalid-model", `the operation ${node.operator} cannot be evaluated`);
  return operator(inputs, node);
}

/** Finds an attribute of a node. */
export function attributeOf({ attributes }: StoredNode, name: string): StoredAttribute | undefined {
  return attributes.find((attribute) => attribute.name === name);
}

/** Reads a stored tensor of floats, halves or whole numbers. */
export function readTensor(stored: StoredValue | undefined): SmallTensor {
  if (!stored) throw new KindlingError("invalid-model", "a constant has no tensor");
  // A copy begins at a multiple of the size of its elements.
  const { buffer } = Uint8Array.from(stored.bytes);
  return {
    shape: stored.shape,
    values: new Float64Array(numbersOf(buffer, stored.type)),
    isWhole: isWholeType(stored.type),
  };
}

function isWholeType(type: number): boolean {
  return type === dataType.int32 || type === dataType.int64;
}

function numbersOf(buffer: ArrayBuffer, type: number): ArrayLike<number> {
  if (type === dataType.float32) return new Float32Array(buffer);
  if (type === dataType.float16) return widenFloat16(new Uint16Array(buffer));
  if (type === dataType.int32) return new Int32Array(buffer);
  if (type === dataType.int64) return Array.from(new BigInt64Array(buffer), Number);
  throw new KindlingError("invalid-model", `tensors of the type ${type} are not supported`);
}

const nothing: StoredNode = { operator: "", domain: "", inputs: [], outputs: [], attributes: [] };

function requireAttribute(node: StoredNode, name: string): StoredAttribute {
  const found = attributeOf(node, name);
  if (!found) throw new KindlingError("invalid-model", `${node.operator} has no ${name}`);
  return found;
}

function zerosOf(shape: readonly number[], isWhole = false): SmallTensor {
  return { shape, values: new Float64Array(shape.reduce((product, side) => product * side, 1)), isWhole };
}

function byValues(compute: (x: number) => number): Operator {
  return ([x]) => ({ ...x, values: x.values.map(compute) });
}

/** Computes of two tensors, sides of 1 repeated. */
function byPairs(compute: (a: number, b: number) => number): Operator {
  return ([a, b]) => {
    const rank = Math.max(a.shape.length, b.shape.length);
    const [left, right] = [a, b].map(({ shape }) => [...Array(rank - shape.length).fill(1), ...shape]);
    const isWhole = a.isWhole && b.isWhole;
    const result = zerosOf(
      left.map((side, i) => (side === 1 ? right[i] : side)),
      isWhole,
    );
    const [leftPlaces, rightPlaces] = [left, right].map((shape) => placesIn(shape, result.shape));
    const { values } = result;
    for (let i = 0; i < values.length; i++) values[i] = compute(a.values[leftPlaces[i]], b.values[rightPlaces[i]]);
    return isWhole ? { ...result, values: values.map(Math.trunc) } : result;
  };
}

/** For every value of a tensor of the shape `to` its place in one of the shape `from`, whose sides of 1 are repeated. */
function placesIn(from: readonly number[], to: readonly number[]): Uint32Array {
  let places = Uint32Array.of(0);
  let step = from.reduce((product, side) => product * side, 1);
  for (let axis = 0; axis < to.length; axis++) {
    step /= from[axis];
    const along = from[axis] === 1 ? 0 : step;
    const next = new Uint32Array(places.length * to[axis]);
    for (let i = 0; i < next.length; i++) next[i] = places[Math.floor(i / to[axis])] + (i % to[axis]) * along;
    places = next;
  }
  return places;
}

function reduce(combine: (a: number, b: number) => number, start: number): Operator {
  return ([x, axes], node) => {
    const wanted = axes ? [...axes.values] : x.shape.map((_, axis) => axis);
    return reduceAxes(
      x,
      wanted.map((axis) => (axis < 0 ? axis + x.shape.length : axis)),
      combine,
      start,
      node,
    );
  };
}

function reduceAxes(
  x: SmallTensor,
  axes: readonly number[],
  combine: (a: number, b: number) => number,
  start: number,
  node: StoredNode,
): SmallTensor {
  const result = zerosOf(x.shape.map((side, axis) => (axes.includes(axis) ? 1 : side)));
  result.values.fill(start);
  const places = placesIn(result.shape, x.shape);
  for (let i = 0; i < x.values.length; i++) result.values[places[i]] = combine(result.values[places[i]], x.values[i]);
  if ((attributeOf(node, "keepdims")?.int ?? 1) === 1) return result;
  return { ...result, shape: x.shape.filter((_, axis) => !axes.includes(axis)) };
}

/** Divides sums by how many values of `x` went into each. */
function meanOf(sums: SmallTensor, x: SmallTensor): SmallTensor {
  const count = x.values.length / sums.values.length;
  return { ...sums, values: sums.values.map((sum) => sum / count) };
}

function spatialOf({ shape }: SmallTensor): number[] {
  return shape.map((_, axis) => axis).slice(2);
}

function concatenate(inputs: readonly SmallTensor[], stated: number): SmallTensor {
  const axis = stated < 0 ? stated + inputs[0].shape.length : stated;
  const rows = inputs[0].shape.slice(0, axis).reduce((product, side) => product * side, 1);
  const side = inputs.reduce((total, { shape }) => total + shape[axis], 0);
  const result = zerosOf(
    inputs[0].shape.map((own, i) => (i === axis ? side : own)),
    inputs.every(({ isWhole }) => isWhole),
  );
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const { values } of inputs) {
      const length = values.length / rows;
      result.values.set(values.subarray(row * length, (row + 1) * length), at);
      at += length;
    }
  }
  return result;
}

/** A side of 0 is that of before, one of -1 takes what is left. */
function reshaped(shape: readonly number[], wanted: Float64Array): number[] {
  const sides = [...wanted].map((side, axis) => (side === 0 ? shape[axis] : side));
  const known = sides.filter((side) => side !== -1).reduce((product, side) => product * side, 1);
  const all = shape.reduce((product, side) => product * side, 1);
  return sides.map((side) => (side === -1 ? all / known : side));
}

function padWithZeros([x, pads]: readonly SmallTensor[]): SmallTensor {
  const rank = x.shape.length;
  const result = zerosOf(x.shape.map((side, axis) => side + pads.values[axis] + pads.values[axis + rank]));
  const steps = result.shape.map((_, axis) =>
    result.shape.slice(axis + 1).reduce((product, side) => product * side, 1),
  );
  const first = steps.reduce((place, step, axis) => place + step * pads.values[axis], 0);
  for (let i = 0; i < x.values.length; i++) {
    let [place, rest] = [first, i];
    for (let axis = rank - 1; axis >= 0; axis--) {
      place += (rest % x.shape[axis]) * steps[axis];
      rest = Math.floor(rest / x.shape[axis]);
    }
    result.values[place] = x.values[i];
  }
  return result;
}
