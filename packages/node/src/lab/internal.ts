// What Kindling's own packages need of this one: no promise to anybody else.
export * from "./models/write-model.ts";
export * from "./pairs/read-table.ts";
export * from "./training/open-batches.ts";
export * from "./training/train-on-disk.ts";
