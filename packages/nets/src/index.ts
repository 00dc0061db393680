export * from "./checkpoints/safetensors.ts";
export type { StoredTensor } from "./checkpoints/stored-tensor.ts";
