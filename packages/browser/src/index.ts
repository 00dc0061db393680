export {
  type Device,
  defaultStrengths,
  type ErrorCode,
  type FollowOptions,
  formatLight,
  formatStops,
  KindlingError,
  keepsLight,
  type Light,
  maxLight,
  minLight,
  type PhotoFormat,
  parseLight,
  type SampleDepth,
  type StrengthName,
  type Strengths,
} from "@kindling/core";
export { type EnhancePhotoOptions, enhancePhoto } from "./enhance-photo.ts";
export {
  type BrowserEnhancer,
  type BrowserEnhancerOptions,
  type BrowserPhoto,
  type BrowserScene,
  type BrowserVideo,
  openEnhancer,
  type SavedVideo,
} from "./open-enhancer.ts";
export { acceptedFiles } from "./photo/accepted-files.ts";
export { type FrameGeometry, geometryOfFrame, type PhotoFrame, wholeFrame } from "./photo/frame.ts";
export type { Histogram } from "./photo/histogram.ts";
export type { Look } from "./photo/look.ts";
export { defaultQuality, type WritableFormat, writableFormats } from "./photo/writable-formats.ts";
export { acceptedVideos, canEnhanceVideos, isVideoFile } from "./video/video-support.ts";
export type {
  EnhanceFileOptions,
  LightMask,
  LightOptions,
  MapViews,
  MethodAbilities,
  MethodSummary,
  PhotoSummary,
  ReadOptions,
  SavedPhoto,
  SaveOptions,
  SaveVideoOptions,
  SceneOptions,
  SceneSummary,
  VideoContainer,
  VideoResult,
  VideoSummary,
  View,
  WorkerSettings,
} from "./worker/worker-api.ts";
