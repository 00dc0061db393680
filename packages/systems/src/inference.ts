// The light entry: how photos are enhanced. It loads no graphs and no trainers, so pages and servers stay small.
import type { NetworkMethod } from "@kindling/core";
import * as methods from "./methods.ts";

const { ember, ...others } = methods;

/** Every system, by how photos are enhanced with it: Ember, the default, then the others by name. */
export const networkMethods: readonly NetworkMethod[] = [
  ember,
  ...Object.values(others).sort((a, b) => (a.name < b.name ? -1 : 1)),
];
