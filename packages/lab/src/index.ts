export { type Dihedral, dihedrals, flips } from "./data/dihedral.ts";
export {
  type BatchSize,
  coin,
  columnsIn,
  crop,
  darkenedCrop,
  type Exposure,
  type Feed,
  type Feeds,
  feedInputs,
  isBrightest,
  rowsIn,
  whole,
} from "./data/feeds.ts";
export type { PhotoSource, TrainingBatches } from "./data/photo-source.ts";
export { evaluateCandidates } from "./evaluation/evaluate-candidates.ts";
export type { Evaluation } from "./evaluation/evaluation.ts";
export { measureResult } from "./evaluation/measure-result.ts";
export { type Metric, type MetricName, metrics } from "./evaluation/metric-table.ts";
export { estimateNiqeModel } from "./evaluation/niqe-model.ts";
export { type ImportedNetwork, importableNames, importNetwork } from "./import-network.ts";
export { type FittedLight, fitAutomaticLight } from "./light/fit-automatic-light.ts";
export { encodeModel, type ModelPartFile } from "./models/encode-model.ts";
export { type CardFacts, modelCard } from "./models/model-card.ts";
export { apscSensor, type CameraSettings, perfectCamera } from "./synthesis/camera-settings.ts";
export { lightOfKelvin } from "./synthesis/colour-temperature.ts";
export { type DarkShot, drawDarkShot, type ShotRanges, takeDarkShot } from "./synthesis/dark-shot.ts";
export { recordScene } from "./synthesis/expose-dark.ts";
export type { LinearPicture } from "./synthesis/scene-of-photo.ts";
export type { ForeignNames, ModelForm, ModelPart, System } from "./system.ts";
export {
  type LossChoice,
  type LossOption,
  type LossOptions,
  type LossSettings,
  settleLoss,
} from "./training/loss-settings.ts";
export type { OpenStage } from "./training/open-stage.ts";
export {
  defineRecipe,
  oneStep,
  type StageSettings,
  type StageSize,
  type StageSteps,
  type StageView,
  type StepSettings,
  type TrainingRecipe,
  type TrainingStage,
} from "./training/recipe.ts";
export type { RunStore } from "./training/run-store.ts";
export type { StepRunner } from "./training/step-runner.ts";
export { train } from "./training/train.ts";
export type { TrainingEvent } from "./training/training-event.ts";
export type { TakenStep, TrainingHook } from "./training/training-hook.ts";
export { planTraining, type TrainingOptions, type TrainingPlan, trainingDefaults } from "./training/training-plan.ts";
export type { TrainingSetting } from "./training/training-setting.ts";
