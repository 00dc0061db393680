import { measuresTable } from "@kindling/lab/internal";
import { measureFiles } from "@kindling/node/lab";
import type { Command } from "commander";
import { checkModels } from "../options/metric-model-options.ts";
import { metricsOptions } from "../options/metrics-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";

const notes = `
Samples are compared as stored: colour profiles are not applied, transparency is ignored.
In JSON the infinite PSNR of equal photos is null.`;

/** Defines `kindling metrics`: measures a result against its reference. */
export function defineMetrics(command: Command): void {
  command
    .description("Measures a result against the well exposed photo of the same scene.")
    .argument("<result>", "the photo to measure")
    .argument("<reference>", "the reference, of the same size");
  addSchemaOptions(command, metricsOptions)
    .addHelpText("after", notes)
    .action(async (result: string, reference: string, values: object) => {
      const { json, ...options } = checkModels(checkOptions(metricsOptions, values));
      const measures = await measureFiles(result, reference, options);
      process.stdout.write(`${json ? JSON.stringify(measures) : measuresTable(measures)}\n`);
    });
}
