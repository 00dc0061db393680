import { KindlingError } from "@kindling/core";
import type { Weight } from "../graph/weights.ts";
import type { StoredTensor } from "./stored-tensor.ts";

/** Where one parameter of a network comes from. */
export interface ParameterSource {
  /** The tensor's name in the checkpoint. */
  readonly name: string;
  /** Converts the stored layout to ours; left out where they are equal. */
  readonly layout?: (stored: StoredTensor) => StoredTensor;
}

/** The names that a framework's checkpoint of a network has for the parameters of Kindling's network. */
export interface ParameterMapping {
  /** By parameter path, such as `decomposition/g1/weight`. */
  readonly sources: ReadonlyMap<string, ParameterSource>;
  /** Names that belong to the checkpoint's training and not to the network, such as optimiser slots. */
  readonly ignored?: RegExp;
}

const listed = 10;

/**
 * Picks a network's parameters out of a checkpoint, by the paths and in the layouts of the network.
 *
 * A tensor of the mapping that is not in `wanted` is left out silently, so that one net can be taken from a larger
 * checkpoint; a path that is not in the mapping is looked up under its own name.
 *
 * @param wanted the shape of every parameter of the network, by path.
 * @param file names the checkpoint in errors.
 * @throws {KindlingError} `invalid-model`, once, listing what is missing, unexpected and of the wrong shape: the number
 *   of each and the first ten names.
 * @example
 * const wanted = new Map(graph.parameters.map(({ path, shape }) => [path, shape]));
 * const sources = new Map([["layer/weight", { name: "conv1.weight" }], ["layer/bias", { name: "conv1.bias" }]]);
 * const matched = matchParameters(wanted, tensors, { sources, ignored: /^optimizer/ }, "checkpoint.pth");
 */
export function matchParameters(
  wanted: ReadonlyMap<string, readonly number[]>,
  given: ReadonlyMap<string, StoredTensor>,
  mapping: ParameterMapping,
  file: string,
): Map<string, Weight> {
  const matched = new Map<string, Weight>();
  const missing: string[] = [];
  const wrongShape: string[] = [];
  for (const [path, shape] of wanted) {
    const { name, layout }: ParameterSource = mapping.sources.get(path) ?? { name: path };
    const stored = given.get(name);
    if (!stored) {
      missing.push(fromTo(name, path));
      continue;
    }
    const tensor = layout && stored.shape.length === shape.length ? layout(stored) : stored;
    if (`${tensor.shape}` !== `${shape}`) {
      wrongShape.push(`${fromTo(name, path)} is [${tensor.shape.join(", ")}] and should be [${shape.join(", ")}]`);
      continue;
    }
    matched.set(path, { shape, values: new Float32Array(tensor.values) });
  }

  const known = new Set([...wanted.keys(), ...[...mapping.sources.values()].map(({ name }) => name)]);
  const unexpected = [...given.keys()].filter((name) => !known.has(name) && !mapping.ignored?.test(name));
  const problems = [
    summary("missing", missing),
    summary("unexpected", unexpected),
    summary("of the wrong shape", wrongShape),
  ].filter((line) => line !== "");
  if (problems.length > 0) {
    throw new KindlingError(
      "invalid-model",
      `${file}: its tensors are not those of this network: ${problems.join("; ")}. Choose the network that the checkpoint was trained for.`,
    );
  }
  return matched;
}

function fromTo(name: string, path: string): string {
  return name === path ? name : `${name} (for ${path})`;
}

function summary(problem: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const more = names.length > listed ? ", …" : "";
  return `${names.length} ${problem}: ${names.slice(0, listed).join(", ")}${more}`;
}
