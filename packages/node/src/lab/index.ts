export { type EvaluateOptions, evaluate } from "./evaluation/evaluate.ts";
export { type MeasureFilesOptions, measureFiles } from "./evaluation/measure-files.ts";
export { loadMetricModels, type MetricModelFiles } from "./evaluation/metric-models.ts";
export { parseCandidates } from "./evaluation/parse-candidates.ts";
export { type WriteEvaluationOptions, writeEvaluation } from "./evaluation/write-evaluation.ts";
export { readPageScripts } from "./pages/read-page-scripts.ts";
export { type WriteComparisonOptions, writeComparison } from "./pages/write-comparison.ts";
export type { DarkPair } from "./synthesis/dark-pair.ts";
export { type SynthesiseOptions, synthesise } from "./synthesis/synthesise.ts";
