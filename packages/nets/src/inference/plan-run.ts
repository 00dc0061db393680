import { KindlingError } from "@kindling/core";
import type { StoredNode } from "../onnx/read-model.ts";
import { attributeOf, evaluate, type SmallTensor } from "./evaluate.ts";
import { Room } from "./memory.ts";
import { toColumns, toVectors } from "./pack-weights.ts";
import type { PreparedModel } from "./prepare-model.ts";
import { elementwiseModes, kernels, type MapPlace, type Step } from "./records.ts";
import { mostSteps } from "./run-units.ts";

/** Steps of the module one after the other, or work that is done value by value between them. */
type Part = { readonly steps: Step[] } | { readonly node: StoredNode; readonly inputs: Operand[]; readonly to: Value };

/** A map, and how many of its channels count. */
export interface Value {
  readonly map: MapPlace;
  readonly channels: number;
}

/** What a node takes: a map or a constant. */
export type Operand = Value | SmallTensor;

/** What runs a model on inputs of one size, and where it has them in memory. */
export interface RunPlan {
  readonly parts: readonly Part[];
  /** Places of the planes of the inputs and outputs, by name, and the shapes of the outputs. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, { readonly planes: number; readonly shape: readonly number[] }>>;
  readonly maps: readonly MapPlace[];
  /** End of the memory that it takes. */
  readonly end: number;
}

/** Where the weights of convolutions and the constants of a model lie in memory. */
export interface WeightPlaces {
  /** The packed kernel of a convolution for tiles or for windows, and its bias. */
  kernel(weight: string, form: "tiles" | "windows"): number;
  bias(name: string): number;
  /** Units of a convolution in tiles. */
  unitsOfTiles(width: number, height: number): number;
  /** A map of one pixel with a constant of the model, repeated to `channels` if it is a single value. */
  vector(name: string, channels: number): MapPlace;
}

/**
 * Plans a run of a model.
 *
 * @param shapes of the inputs, [1, channels, height, width].
 * @param begin where free memory begins.
 * @throws {KindlingError} `invalid-model` if maps do not fit together, or if there are too many steps.
 */
export function planRun(
  model: PreparedModel,
  weights: WeightPlaces,
  shapes: Readonly<Record<string, readonly number[]>>,
  begin: number,
): RunPlan {
  return new Planner(model, weights, begin).plan(shapes);
}

class Planner {
  readonly #model: PreparedModel;
  readonly #weights: WeightPlaces;
  readonly #room: Room;
  readonly #parts: Part[] = [];
  readonly #values = new Map<string, Operand>();
  /** Readers of a value that are still to come. */
  readonly #readers = new Map<string, number>();
  /** Nodes that are done together with the one before them. */
  readonly #done = new Set<StoredNode>();

  constructor(model: PreparedModel, weights: WeightPlaces, begin: number) {
    this.#model = model;
    this.#weights = weights;
    this.#room = new Room(begin);
    for (const name of [...model.nodes.flatMap(({ inputs }) => inputs), ...model.outputs]) {
      this.#readers.set(name, (this.#readers.get(name) ?? 0) + 1);
    }
    for (const [name, tensor] of model.constants) this.#values.set(name, tensor);
  }

  plan(shapes: Readonly<Record<string, readonly number[]>>): RunPlan {
    const inputs = Object.fromEntries(this.#model.inputs.map((name) => [name, this.#read(name, shapes[name])]));
    for (const node of this.#model.nodes) if (!this.#done.has(node)) this.#add(node);
    const outputs = Object.fromEntries(this.#model.outputs.map((name) => [name, this.#write(name)]));
    const steps = this.#parts.reduce((sum, part) => sum + ("steps" in part ? part.steps.length : 0), 0);
    if (steps > mostSteps) {
      throw new KindlingError("invalid-model", `The network has ${steps} steps; at most ${mostSteps} are run.`);
    }
    return { parts: this.#parts, inputs, outputs, maps: this.#room.maps, end: this.#room.end };
  }

  #read(name: string, [, channels, height, width]: readonly number[]): number {
    const planes = this.#room.take(4 * channels * height * width);
    const { map } = this.#make(name, width, height, channels);
    this.#step({ kernel: kernels.readPlanes, units: height, to: map.record, weights: planes, mode: channels });
    return planes;
  }

  #write(name: string): RunPlan["outputs"][string] {
    const { map, channels } = this.#map(name);
    const shape = [1, channels, map.height, map.width];
    const planes = this.#room.take(4 * channels * map.height * map.width);
    this.#step({
      kernel: kernels.writePlanes,
      units: map.height,
      from: map.record,
      weights: planes,
      mode: channels,
    });
    return { planes, shape };
  }

  #add(node: StoredNode): void {
    const operands = node.inputs.map((name) => this.#values.get(name));
    if (node.operator === "Shape") this.#values.set(node.outputs[0], sizesOf(operands[0] as Operand, node));
    else if (operands.every((operand) => operand && "values" in operand)) {
      this.#values.set(node.outputs[0], evaluate(node, operands as SmallTensor[]));
    } else if (node.operator === "Conv") this.#convolve(node);
    else if (node.operator === "Resize") this.#repeat(node);
    else if (node.operator === "Pad") this.#extend(node);
    else this.#compute(node, operands as Operand[]);
    for (const name of node.inputs) this.#release(name);
  }

  #convolve(node: StoredNode): void {
    const [input, weight, bias] = node.inputs;
    const { map: from, channels } = this.#map(input);
    const [outputs, inputs, side] = (this.#model.constants.get(weight) as SmallTensor).shape;
    if (inputs !== channels) throw unplannable(node);
    const first = (name: string, otherwise: number) => attributeOf(node, name)?.ints[0] ?? otherwise;
    const [stride, pad] = [first("strides", 1), first("pads", 0)];
    const sizeOf = (length: number) => Math.floor((length + 2 * pad - side) / stride) + 1;
    const [width, height] = [sizeOf(from.width), sizeOf(from.height)];
    const isTiled = side === 3 && stride === 1 && pad === 1;
    const { name, residual, ends } = this.#follow(node.outputs[0], width, height, outputs);
    const to = this.#make(name, width, height, outputs).map;
    this.#step({
      kernel: isTiled ? kernels.tiles : kernels.windows,
      units: isTiled ? this.#weights.unitsOfTiles(width, height) : height,
      from: from.record,
      to: to.record,
      other: residual,
      weights: this.#weights.kernel(weight, isTiled ? "tiles" : "windows"),
      bias: this.#weights.bias(bias),
      mode: ends ? 1 : 0,
      side,
      stride,
      pad,
      columns: toColumns(outputs),
    });
  }

  #repeat(node: StoredNode): void {
    const { map: from, channels } = this.#map(node.inputs[0]);
    const [width, height] = [2 * from.width, 2 * from.height];
    const { name, residual } = this.#follow(node.outputs[0], width, height, channels, false);
    const to = this.#make(name, width, height, channels).map;
    this.#step({ kernel: kernels.repeat, units: height, from: from.record, to: to.record, other: residual });
  }

  #extend(node: StoredNode): void {
    const { map: from, channels } = this.#map(node.inputs[0]);
    const pads = this.#values.get(node.inputs[1]);
    if (!pads || !("values" in pads) || node.inputs[3]) throw unplannable(node);
    const [bottom, right] = pads.values.subarray(6);
    if (pads.values.subarray(0, 6).some(Boolean) || bottom < 0 || right < 0) throw unplannable(node);
    const to = this.#make(node.outputs[0], from.width + right, from.height + bottom, channels).map;
    this.#step({ kernel: kernels.extend, units: to.height, from: from.record, to: to.record });
  }

  /** Computes values one by one or in pairs: in the module if the maps fit, else where the plan runs. */
  #compute(node: StoredNode, operands: readonly Operand[]): void {
    const mode = elementwiseModes[node.operator];
    const isSwapped = "values" in operands[0] && node.operator !== "Sub";
    const [first, second] = isSwapped ? [operands[1], operands[0]] : operands;
    const other =
      second && mode !== undefined ? this.#second(first, second, node.inputs[isSwapped ? 0 : 1]) : undefined;
    if (mode !== undefined && "map" in first && (!second || other)) {
      const { map: from, channels } = first;
      const to = this.#make(node.outputs[0], from.width, from.height, channels).map;
      const step = { kernel: kernels.elementwise, units: from.height, from: from.record, to: to.record, mode };
      this.#step({ ...step, other: other?.record ?? 0 });
      return;
    }
    const zeros = operands.map((operand) => ("values" in operand ? operand : emptyTensor(operand)));
    const { shape } = evaluate(node, zeros);
    if (shape.length !== 4 || shape[0] !== 1) throw unplannable(node);
    const to = this.#make(node.outputs[0], shape[3], shape[2], shape[1]);
    this.#parts.push({ node, inputs: [...operands], to });
  }

  /** The second operand as a map, if it has the size of the first or one pixel with as many channels. */
  #second(first: Operand, second: Operand, name: string): MapPlace | undefined {
    if (!("map" in first)) return undefined;
    if ("values" in second) {
      const isVector = second.values.length === 1 || second.shape.at(-3) === second.values.length;
      const fits = second.values.length === 1 || second.values.length === first.channels;
      return isVector && fits ? this.#weights.vector(name, first.channels) : undefined;
    }
    const { width, height } = second.map;
    const isSame = width === first.map.width && height === first.map.height;
    return second.channels === first.channels && (isSame || (width === 1 && height === 1)) ? second.map : undefined;
  }

  /** Finds what is done in the same step: the sum with a map that is there already, or the rectifier, where nobody else reads. */
  #follow(
    output: string,
    width: number,
    height: number,
    channels: number,
    canEnd = true,
  ): { readonly name: string; readonly residual: number; readonly ends: boolean } {
    const alone = { name: output, residual: 0, ends: false };
    if (this.#readers.get(output) !== 1) return alone;
    const reader = this.#model.nodes.find(({ inputs }) => inputs.includes(output));
    if (!reader) return alone;
    if (reader.operator === "Relu" && canEnd) {
      this.#done.add(reader);
      return { name: reader.outputs[0], residual: 0, ends: true };
    }
    const other = reader.operator === "Add" ? reader.inputs.find((name) => name !== output) : undefined;
    const value = other === undefined ? undefined : this.#values.get(other);
    if (other === undefined || !value || !("map" in value)) return alone;
    const { map } = value;
    if (map.width !== width || map.height !== height || value.channels !== channels) return alone;
    this.#done.add(reader);
    this.#release(other);
    return { name: reader.outputs[0], residual: map.record, ends: false };
  }

  #make(name: string, width: number, height: number, channels: number): Value {
    if (width < 1 || height < 1) {
      throw new KindlingError("invalid-model", `${name} would have ${width}x${height} pixels.`);
    }
    const value = { map: this.#room.takeMap(width, height, toVectors(channels)), channels };
    this.#values.set(name, value);
    return value;
  }

  #map(name: string): Value {
    const value = this.#values.get(name);
    if (value && "map" in value) return value;
    throw new KindlingError("invalid-model", `${name} is no map.`);
  }

  /** Counts a reader of a value, whose memory serves again after the last one. */
  #release(name: string): void {
    const left = (this.#readers.get(name) ?? 0) - 1;
    this.#readers.set(name, left);
    const value = this.#values.get(name);
    if (left === 0 && value && "map" in value) this.#room.giveBack(value.map);
  }

  #step(step: Step): void {
    const last = this.#parts.at(-1);
    if (last && "steps" in last) last.steps.push(step);
    else this.#parts.push({ steps: [step] });
  }
}

function sizesOf(operand: Operand, node: StoredNode): SmallTensor {
  const shape = "values" in operand ? operand.shape : [1, operand.channels, operand.map.height, operand.map.width];
  const [start, end] = [attributeOf(node, "start")?.int, attributeOf(node, "end")?.int];
  const sizes = shape.slice(start, end);
  return { shape: [sizes.length], values: Float64Array.from(sizes), isWhole: true };
}

function emptyTensor({ map, channels }: Value): SmallTensor {
  const values = new Float64Array(channels * map.height * map.width);
  return { shape: [1, channels, map.height, map.width], values, isWhole: false };
}

function unplannable(node: StoredNode): KindlingError {
  return new KindlingError("invalid-model", `${node.operator} cannot be done on these maps.`);
}
