import { join } from "node:path";
import { trainingPage } from "@kindling/lab";
import { version, writeText } from "@kindling/node";
import { readPageScripts } from "@kindling/node/lab";
import { MetricsLog } from "./metrics-log.ts";
import { SampleLog } from "./sample-log.ts";
import { configFile, configText, type TrainingPlan } from "./training-plan.ts";
import type { ValidationPair } from "./validation.ts";

/** File of a run's folder that shows how it goes. */
const reportFile = "report.html";

/** What a run tells of itself in its folder, beside its checkpoint. */
export class RunFolder {
  readonly path: string;
  readonly metrics: MetricsLog;
  readonly samples: SampleLog;
  readonly #plan: TrainingPlan;

  constructor(plan: TrainingPlan, pairs: readonly ValidationPair[]) {
    this.path = plan.options.out;
    this.metrics = new MetricsLog(this.path);
    this.samples = new SampleLog(this.path, pairs);
    this.#plan = plan;
  }

  /** Writes all settings. */
  async writeConfig(): Promise<void> {
    await writeText(join(this.path, configFile), configText(this.#plan));
  }

  /** Writes the report anew, whole or not at all. */
  async writeReport(isRunning: boolean): Promise<void> {
    const stages = this.#plan.stages.map(({ stage, settings }) => ({ ...stage, steps: settings.steps }));
    const facts = {
      network: this.#plan.recipe.network,
      version,
      isRunning,
      stages,
      rows: this.metrics.rows,
      samples: await this.samples.rows(stages.map(({ name }) => name)),
      config: configText(this.#plan),
    };
    const page = trainingPage(facts, await readPageScripts());
    await writeText(join(this.path, reportFile), page);
  }
}
