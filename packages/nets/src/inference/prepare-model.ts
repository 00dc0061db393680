import type { StoredModel, StoredNode } from "../onnx/read-model.ts";
import { dataType, newestOpset, writtenOpset } from "../onnx/wire.ts";
import { attributeOf, canEvaluate, evaluate, readTensor, type SmallTensor } from "./evaluate.ts";
import { elementwiseModes } from "./records.ts";

/** A model of which everything that does not depend on its inputs is computed. */
export interface PreparedModel {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whether the sizes of its inputs are fixed. */
  readonly isSmall: boolean;
  readonly constants: ReadonlyMap<string, SmallTensor>;
  /** What depends on the inputs or their sizes, in order. */
  readonly nodes: readonly StoredNode[];
}

/** What a value depends on. */
type Dependence = "nothing" | "sizes" | "values";

/**
 * Computes what does not depend on a model's inputs.
 *
 * @returns undefined if the model has something that the module of this folder cannot do, or could do only slowly: what it has no
 * kernel for is computed value by value, which is right for inputs of a fixed size, a few thousand values.
 */
export function prepareModel(stored: StoredModel): PreparedModel | undefined {
  const opset = stored.opsets.get("") ?? 0;
  // In older ones operations take as attributes what is read from inputs here.
  if (opset < writtenOpset || opset > newestOpset) return undefined;
  if (!stored.nodes.every(isKnown)) return undefined;
  const constants = new Map(stored.initialisers.map((tensor) => [tensor.name, readTensor(tensor)]));
  const fed = stored.inputs.filter(({ name }) => !constants.has(name));
  if (!fed.every(({ type, shape }) => type === dataType.float32 && shape.length === 4)) return undefined;
  const isSmall = fed.every(({ shape }) => shape.slice(1).every((side) => typeof side === "number"));
  const known = new Map<string, Dependence>(fed.map(({ name }) => [name, "values"]));
  const nodes: StoredNode[] = [];
  for (const node of stored.nodes) {
    if (node.outputs.length !== 1 || node.domain !== "") return undefined;
    const depends = dependenceOf(node, known);
    if (depends === "nothing" && canEvaluate(node.operator)) {
      constants.set(
        node.outputs[0],
        evaluate(
          node,
          node.inputs.map((name) => constants.get(name) as SmallTensor),
        ),
      );
      continue;
    }
    const isDone =
      depends === "values"
        ? hasKernel(node, constants) || (isSmall && canEvaluate(node.operator) && node.operator !== "Pad")
        : node.operator === "Shape" || canEvaluate(node.operator);
    if (!isDone) return undefined;
    known.set(node.outputs[0], depends);
    nodes.push(node);
  }
  const outputs = stored.outputs.map(({ name }) => name);
  if (outputs.some((name) => known.get(name) !== "values")) return undefined;
  return { inputs: fed.map(({ name }) => name), outputs, isSmall, constants, nodes };
}

function isKnown({ operator, inputs }: StoredNode): boolean {
  // Of any number of values, but two are compared here.
  if ((operator === "Max" || operator === "Min") && inputs.length !== 2) return false;
  return canEvaluate(operator) || Object.hasOwn(elementwiseModes, operator) || onMaps.has(operator);
}

/** Operators that are done on maps alone. */
const onMaps = new Set(["Conv", "Resize", "Shape"]);

function dependenceOf({ operator, inputs }: StoredNode, known: ReadonlyMap<string, Dependence>): Dependence {
  const all = inputs.map((name) => known.get(name) ?? "nothing");
  if (operator === "Shape") return all[0] === "nothing" ? "nothing" : "sizes";
  if (all.includes("values")) return "values";
  return all.includes("sizes") ? "sizes" : "nothing";
}

/** Whether the module has a kernel for a node on maps, as far as can be told before their sizes are known. */
function hasKernel(node: StoredNode, constants: ReadonlyMap<string, SmallTensor>): boolean {
  if (node.operator === "Conv") return isPlainConvolution(node, constants);
  if (node.operator === "Pad") return attributeOf(node, "mode")?.string === "edge";
  if (node.operator === "Resize") return isRepetition(node, constants);
  return Object.hasOwn(elementwiseModes, node.operator);
}

function isPlainConvolution(node: StoredNode, constants: ReadonlyMap<string, SmallTensor>): boolean {
  const [, weight, bias] = node.inputs;
  const kernel = constants.get(weight);
  if (kernel?.shape.length !== 4 || kernel.shape[2] !== kernel.shape[3]) return false;
  if (!bias || !constants.has(bias)) return false;
  const all = (name: string, otherwise: number) => attributeOf(node, name)?.ints ?? [otherwise];
  const isEven = (values: readonly number[]) => values.every((value) => value === values[0]);
  const pads = all("pads", 0);
  return (
    (attributeOf(node, "group")?.int ?? 1) === 1 &&
    all("dilations", 1).every((value) => value === 1) &&
    isEven(all("strides", 1)) &&
    isEven(pads) &&
    pads[0] <= 1 &&
    attributeOf(node, "auto_pad") === undefined
  );
}

/** Whether a Resize repeats every pixel twice in both directions. */
function isRepetition(node: StoredNode, constants: ReadonlyMap<string, SmallTensor>): boolean {
  const scales = constants.get(node.inputs[2]);
  const modes = ["coordinate_transformation_mode", "nearest_mode"].map((name) => attributeOf(node, name)?.string);
  return (
    scales?.values.join() === "1,1,2,2" &&
    (attributeOf(node, "mode")?.string ?? "nearest") === "nearest" &&
    modes.join() === "asymmetric,floor"
  );
}
