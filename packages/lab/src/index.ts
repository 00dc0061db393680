// Training: a recipe, its feeds, and the loop.
export type { AlignedPlan, BatchContents, DataPlan, UnpairedPlan } from "./data/data-plan.ts";
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
  rowsIn,
  uniform,
  whole,
} from "./data/feeds.ts";
export { type Dataset, type DatasetOptions, openDataset } from "./data/open-dataset.ts";
export type { PatchOptions } from "./data/patch-draw.ts";
export type {
  BatchOptions,
  DataSummary,
  PhotoReader,
  PhotoSource,
  SourcePair,
  SourcePairs,
  TrainingBatches,
} from "./data/photo-source.ts";
// Evaluation: measures of results, and their statistics.
export { bootstrapMean, type Estimate } from "./evaluation/bootstrap.ts";
export type {
  Candidate,
  Engine,
  EngineCandidate,
  FolderCandidate,
  LightSettings,
} from "./evaluation/candidate.ts";
export type { EvaluationOutcome, PhotoPictures } from "./evaluation/evaluate-candidates.ts";
export {
  type Evaluation,
  type Failure,
  type MeasuredImage,
  type MethodRun,
  type MethodSummary,
  summarise,
} from "./evaluation/evaluation.ts";
export { evaluationCsv } from "./evaluation/evaluation-csv.ts";
export { evaluationJson } from "./evaluation/evaluation-json.ts";
export { evaluationMarkdown, type MarkdownOptions } from "./evaluation/evaluation-markdown.ts";
export { readLpipsWeights } from "./evaluation/lpips-weights.ts";
export type { LabelledPicture } from "./evaluation/measure-photo.ts";
export {
  type Measures,
  type MetricModels,
  measureResult,
} from "./evaluation/measure-result.ts";
export type { MeasuredWith, MetricInputs } from "./evaluation/measured-with.ts";
export { measuresTable } from "./evaluation/measures-table.ts";
export { type Metric, type MetricName, metrics } from "./evaluation/metric-table.ts";
export { estimateNiqeModel, readNiqeModel, writeNiqeModel } from "./evaluation/niqe-model.ts";
export type { CheckpointOrigin } from "./import-network.ts";
// Systems and models: what a trained network becomes.
export { type ImportedNetwork, importableNames, importNetwork } from "./import-network.ts";
export { type FittedLight, fitAutomaticLight, type LightSample } from "./light/fit-automatic-light.ts";
export type { LightFigures, StudiedLight } from "./light/study-light.ts";
export type { ModelForm, ModelPart } from "./model-form.ts";
export { type EncodeModelOptions, encodeModel, type ModelPartFile } from "./models/encode-model.ts";
export { type CardFacts, type CardFigures, type CardRun, modelCard, type TrainingPhotos } from "./models/model-card.ts";
export type { StepFigures } from "./pages/metrics-line.ts";
export type { PageScriptName, PageScripts } from "./pages/page-scripts.ts";
export { type TrainingFacts, type TrainingRow, type TrainingSamples, trainingPage } from "./pages/training-page.ts";
// Search of hyper-parameters.
export type { SearchEvent } from "./search/search-event.ts";
export type { SearchGrid, Trial } from "./search/search-grid.ts";
export type { SearchResult, TrialResult, TrialState } from "./search/search-result.ts";
export type { SearchMeasure, TrialValidation } from "./search/trial-record.ts";
// Synthesis: dark photos from good ones.
export { drawBlankFrame } from "./synthesis/blank-frame.ts";
export {
  type CameraSettings,
  type Mosaic,
  type PhoneProcessing,
  perfectCamera,
  type SensorNoise,
  type ToneCurve,
} from "./synthesis/camera-settings.ts";
export type { Matrix, Rgb } from "./synthesis/colour-matrix.ts";
export { lightOfKelvin } from "./synthesis/colour-temperature.ts";
export { type DarkShot, drawDarkShot, lightLamps, type ShotRanges, takeDarkShot } from "./synthesis/dark-shot.ts";
export { decodeRadiance } from "./synthesis/decode-radiance.ts";
export type { CameraRanges } from "./synthesis/draw-camera.ts";
export type { Range } from "./synthesis/draw-from-range.ts";
export type { DrawnPair } from "./synthesis/drawn-pair.ts";
export { exposeDark, recordScene } from "./synthesis/expose-dark.ts";
export { drawLampScene } from "./synthesis/lamp-scene.ts";
export { drawPanoramaPair } from "./synthesis/panorama-pair.ts";
export type { PartialDarkening } from "./synthesis/partial-darkening.ts";
export { type LinearPicture, sceneOfPhoto } from "./synthesis/scene-of-photo.ts";
export { readNoiseOf } from "./synthesis/sensor-noise.ts";
export type { ForeignNames, System } from "./system.ts";
export type { Checkpoint } from "./training/checkpoint.ts";
export type { ScheduleName } from "./training/choose-schedule.ts";
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
export {
  completeSettings,
  parseSettingValue,
  type RecipeChoice,
  type RecipeNumbers,
  type RecipeOption,
  type RecipeOptions,
  type RecipeSettings,
  type SettingValue,
  type SettingValueOf,
} from "./training/recipe-settings.ts";
export type { RunStore } from "./training/run-store.ts";
export type { StepRunner, TrainingState } from "./training/step-runner.ts";
export { train } from "./training/train.ts";
export type { TrainingEvent, TrainingStepEvent } from "./training/training-event.ts";
export type { TakenStep, TrainingHook } from "./training/training-hook.ts";
export {
  type PerStage,
  type PlannedStage,
  planTraining,
  type TrainingOptions,
  type TrainingPlan,
  trainingDefaults,
  type ValidationPlan,
} from "./training/training-plan.ts";
export type { TrainingReport } from "./training/training-report.ts";
export type { TrainingSetting } from "./training/training-setting.ts";
export { variantName } from "./training/variant-name.ts";
