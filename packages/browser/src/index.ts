export {
  defaultStrengths,
  type ErrorCode,
  KindlingError,
  type PhotoFormat,
  type StrengthName,
  type Strengths,
} from "@kindling/core";
export * from "./enhance-photo.ts";
export * from "./open-enhancer.ts";
export type * from "./photo/histogram.ts";
export type * from "./worker/worker-api.ts";
