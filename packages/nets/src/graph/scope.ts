import { KindlingError } from "@kindling/core";
import type { Initialiser } from "./initialiser.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Names a network's parameters by paths of names joined by slashes, such as `decomposition/g1/weight`.
 *
 * A network function takes its parameters from a scope. Two calls with the same scope get the same parameters, so they
 * share weights, as KinD's decomposition does between the two exposures of a pair.
 */
export interface Scope {
  /** Empty for the root. */
  readonly path: string;
  /** Returns the scope of a part. */
  at(name: string): Scope;
  /**
   * Returns the parameter of this name: makes it on the first call, returns the same tensor afterwards.
   *
   * @throws {KindlingError} `internal` if it exists with another shape.
   */
  parameter(name: string, shape: readonly number[], initialiser: Initialiser): Tensor;
}

/**
 * Makes a root scope without parameters.
 *
 * @example
 * // runs
 * const root = createScope();
 * const weight = root.at("decomposition").at("g1").parameter("weight", [32, 3, 3, 3], xavierUniform); // [32, 3, 3, 3]
 */
export function createScope(): Scope {
  const parameters = new Map<string, Tensor>();
  const scopeAt = (path: string): Scope => {
    const join = (name: string) => (path === "" ? name : `${path}/${name}`);
    return {
      path,
      at: (name) => scopeAt(join(name)),
      parameter(name, shape, initialiser) {
        const full = join(name);
        const known = parameters.get(full);
        if (known && known.shape.join() === shape.join()) return known;
        if (known)
          throw new KindlingError("internal", `The parameter ${full} is [${known.shape}] and [${shape}] at once.`);
        const made: Tensor = { element: "float32", shape, source: { kind: "parameter", path: full, initialiser } };
        parameters.set(full, made);
        return made;
      },
    };
  };
  return scopeAt("");
}
