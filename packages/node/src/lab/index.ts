export * from "./disk-photos.ts";
export * from "./open-batches.ts";
export * from "./open-run-folder.ts";
export * from "./read-perceptual-features.ts";
export * from "./read-weights.ts";
export * from "./train-on-disk.ts";
