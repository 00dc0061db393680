// What Kindling's own packages need of this one: no promise to anybody else.
export * from "@kindling/core/internal";
export { networkMethods } from "@kindling/systems/inference";
export * from "./batch/batch-reporter.ts";
export { type EnhanceFilesOptions, enhanceFiles } from "./batch/enhance-files.ts";
export type { Enhancement, Treatment } from "./batch/enhancement.ts";
export type { BatchResult, FinishedFile } from "./batch/job.ts";
export { factsOfMethod } from "./enhance/facts-of-method.ts";
// These take the place of core's: the same with what networks need on Node.
export { defaultNetworkMemoryBytes, type NodeEnhancerOptions, openEnhancer } from "./enhance/open-enhancer.ts";
export * from "./enhance/parse-setting.ts";
export * from "./models/locate-method.ts";
export * from "./models/model-manifest.ts";
export * from "./models/open-model-store.ts";
export * from "./photo/codec-threads.ts";
export * from "./photo/contact-sheet.ts";
export * from "./photo/decode.ts";
export * from "./photo/encode.ts";
export * from "./photo/file-errors.ts";
export * from "./photo/format-of-path.ts";
export * from "./photo/peek.ts";
export * from "./photo/photo-file.ts";
export * from "./photo/photo-name.ts";
export * from "./photo/preview.ts";
export * from "./photo/write-file.ts";
export * from "./photo/write-text.ts";
export * from "./runtime/runtime.ts";
export * from "./runtime/session.ts";
export * from "./version.ts";
