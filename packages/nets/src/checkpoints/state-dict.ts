import type { Allocate, Refuse } from "./allocation-budget.ts";
import { isTensor, type TensorReference, type TorchValue } from "./torch-pickle.ts";

// Keys under which training scripts store weights beside epoch and optimiser; averaged weights come first.
const usualKeys = ["params_ema", "state_dict", "model_state_dict", "model", "net", "network", "generator", "params"];
const deepestNesting = 64;
const nodeBytes = 64;

/**
 * Finds the tensors of what `torch.save` stored, by name: those of a state dictionary at the top or under one of the
 * usual keys, else all. Names of nested dictionaries and lists are joined with dots.
 *
 * @throws what `refuse` makes, if there is no tensor or a value contains itself.
 */
export function tensorsByName(saved: TorchValue, allocate: Allocate, refuse: Refuse): Map<string, TensorReference> {
  const tensors = new Map<string, TensorReference>();

  function collect(value: TorchValue, name: string, depth: number): void {
    // Counted like a copy: one value may be recalled under any number of names, and may contain itself.
    allocate(nodeBytes + name.length, "its nesting");
    if (depth > deepestNesting) throw refuse(`it is nested deeper than ${deepestNesting} levels`);
    if (isTensor(value)) {
      if (name === "") throw refuse("it holds a single tensor without a name");
      if (tensors.has(name)) throw refuse(`two tensors have the name ${name}`);
      tensors.set(name, value);
      return;
    }
    if (!(value instanceof Map) && !Array.isArray(value)) return;
    allocate(Array.isArray(value) ? value.length : value.size, "its nesting");
    for (const [key, item] of value.entries()) {
      if (typeof item !== "object" || item === null) continue;
      if (typeof key !== "string" && typeof key !== "number") continue;
      collect(item, name === "" ? `${key}` : `${name}.${key}`, depth + 1);
    }
  }

  collect(stateDictIn(saved), "", 0);
  if (tensors.size === 0) throw refuse("it holds no tensor");
  return tensors;
}

function stateDictIn(saved: TorchValue): TorchValue {
  let found = saved;
  for (let depth = 0; depth < deepestNesting && found instanceof Map; depth++) {
    const dictionary = found;
    if ([...dictionary.values()].some(isTensor)) break;
    const key = usualKeys.find((usual) => dictionary.get(usual) instanceof Map);
    if (key === undefined) break;
    found = dictionary.get(key)!;
  }
  return found;
}
