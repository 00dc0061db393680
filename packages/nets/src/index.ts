export * from "./checkpoints/safetensors.ts";
