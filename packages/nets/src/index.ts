export { readPytorch } from "./checkpoints/pytorch.ts";
export * from "./checkpoints/safetensors.ts";
export type { StoredTensor } from "./checkpoints/stored-tensor.ts";
export * from "./checkpoints/tensorflow-bundle.ts";
