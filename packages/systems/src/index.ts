export { networkMethods } from "./inference.ts";
export { findNetwork, findSystem, networks, systems } from "./systems.ts";
