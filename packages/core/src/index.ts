export type { ClassicalMethod, MethodContext, Paper } from "./classical/method.ts";
export { findMethod, methods } from "./classical/registry.ts";
export { meanLuminance } from "./colour/mean-luminance.ts";
export { decodeSrgb, encodeSrgb } from "./colour/srgb.ts";
export { type Transfer, transferOfProfile } from "./colour/transfer.ts";
export type { AutomaticLight, LightFeatures } from "./enhance/automatic-light.ts";
export type { Codec, DecodeOptions, EncodedPhoto, EncodeOptions } from "./enhance/codec.ts";
export type { EnhancedPhoto, EnhanceOptions } from "./enhance/enhance-once.ts";
export type { LitFrame, VideoFrame, VideoOptions } from "./enhance/enhance-video.ts";
export {
  defaultMethod,
  type Enhancer,
  type EnhancerOptions,
  type EnhancerPorts,
  openEnhancer,
} from "./enhance/enhancer.ts";
export { formatLight, formatStops, keepsLight, type Light, maxLight, minLight, parseLight } from "./enhance/light.ts";
export { factsOfMethod, followedBy, type MethodFacts, type MethodSource } from "./enhance/method-facts.ts";
export type { ModelManifest, ModelPart, ModelStore } from "./enhance/model-store.ts";
export type { NetworkMethod } from "./enhance/network-method.ts";
export type { LightMaps, LuminanceChange } from "./enhance/open-method.ts";
export type { AnalyseOptions, RelightOptions, Scene, SceneLevels } from "./enhance/scene.ts";
export {
  type AllStrengths,
  defaultStrengths,
  type StrengthName,
  type Strengths,
  strengthNames,
} from "./enhance/strengths.ts";
export { type ErrorCode, type ErrorConsequence, errorConsequences, KindlingError } from "./errors.ts";
export { type FollowOptions, finish, follow, type Steps } from "./flow/steps.ts";
export type { FramePlacement } from "./fusion/align-frame.ts";
export { type FusionWeights, fuseExposures } from "./fusion/exposure-fusion.ts";
export { type MergeBurstOptions, type MergedBurst, type MergedFrame, mergeBurst } from "./fusion/merge-burst.ts";
export { type Photo, type PhotoFormat, photoFormats, type SampleDepth, type SourceFormat } from "./image/photo.ts";
export {
  type ChannelCount,
  copyPicture,
  createPicture,
  createPlane,
  type Picture,
  type Plane,
} from "./image/picture.ts";
export { createRandom, type Random } from "./image/random.ts";
export type { MetadataPart, PhotoMetadata, PngText, Resolution } from "./metadata/photo-metadata.ts";
export { ciede2000 } from "./metrics/ciede2000.ts";
export { gtMean } from "./metrics/gt-mean.ts";
export { loe } from "./metrics/loe.ts";
export { type LpipsModel, lpips } from "./metrics/lpips.ts";
export { mae } from "./metrics/mae.ts";
export { mse } from "./metrics/mse.ts";
export { type NiqeModel, niqe } from "./metrics/niqe.ts";
export { psnr } from "./metrics/psnr.ts";
export { ssim } from "./metrics/ssim.ts";
export type {
  Device,
  DeviceTensor,
  DeviceTensors,
  ModelSession,
  ModelTensor,
  ModelTensors,
  RunOptions,
  Runtime,
  SessionOptions,
} from "./runtime/runtime.ts";
export {
  type Configurable,
  defaultSettings,
  type MethodOption,
  type MethodSettings,
} from "./settings/method-settings.ts";
export type { Tiling } from "./tiling/plan-tiles.ts";
