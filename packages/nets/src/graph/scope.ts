import { KindlingError } from "@kindling/core";
import type { Initialiser } from "./initialiser.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Where a network's parameters live: names joined by slashes, such as `decomposition/g1/weight`.
 *
 * A network function is given a scope and takes its parameters from it. Called twice with the same scope it gets the
 * same parameters: that is how weights are shared, as KinD's decomposition is between the two exposures of a pair.
 */
export interface Scope {
  /** Empty for the root. */
  readonly path: string;
  /** The scope of a part. */
  at(name: string): Scope;
  /**
   * The parameter of this name: new the first time, the same tensor afterwards.
   *
   * @throws {KindlingError} `internal` where it exists with another shape.
   */
  parameter(name: string, shape: readonly number[], initialiser: Initialiser): Tensor;
}

/** A root scope without parameters. */
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
