export * from "@kindling/core";
export { networkMethods } from "@kindling/systems/inference";
export type { BatchReporter, BatchSummary, FrameProgress } from "./batch/batch-reporter.ts";
export { type EnhanceFilesOptions, enhanceFiles } from "./batch/enhance-files.ts";
export type { Enhancement, Treatment, VideoTreatment } from "./batch/enhancement.ts";
export type { BatchResult, FinishedFile } from "./batch/job.ts";
export type { EncodedMaps } from "./batch/maps-worker.ts";
export type { TreatmentOptions } from "./batch/plan-treatment.ts";
export { factsOfMethod } from "./enhance/facts-of-method.ts";
export { type NodeEnhancerOptions, openEnhancer } from "./enhance/open-enhancer.ts";
export type { MapName } from "./enhance/photo-maps.ts";
export { type FusePhotosOptions, fusePhotos } from "./fusion/fuse-photos.ts";
export { type MergePhotosOptions, mergePhotos } from "./fusion/merge-photos.ts";
export { type LocatedMethod, locateMethod } from "./models/locate-method.ts";
export { openModelStore } from "./models/open-model-store.ts";
export { decodePhoto } from "./photo/decode.ts";
export { encodePhoto } from "./photo/encode.ts";
export { readPhoto, writePhoto } from "./photo/photo-file.ts";
export {
  type EnhancedContent,
  openPhotoPool,
  type PhotoPool,
  type PhotoPoolOptions,
  type PoolEnhanceOptions,
  type PoolMapsOptions,
} from "./pool/photo-pool.ts";
export { createRuntime } from "./runtime/runtime.ts";
export { openSession } from "./runtime/session.ts";
export { version } from "./version.ts";
export type { ClipOptions } from "./video/enhance-clip.ts";
export { type VideoCodec, type VideoContainer, videoCodecs, videoContainers } from "./video/video-format.ts";
