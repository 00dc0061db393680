import { Command } from "commander";
import { checkedModels } from "../options/metric-model-options.ts";
import { metricsOptions } from "../options/metrics-options.ts";
import { addSchemaOptions, checkedOptions } from "../options/schema-options.ts";

const notes = `
Both photos are compared as their files hold them: no colour profile is applied, transparency is not looked at.
In JSON an endless PSNR, that of equal photos, is null.`;

/** `kindling metrics`: how close a result is to its reference. */
export function metricsCommand(): Command {
  const command = new Command("metrics")
    .summary("measure a result against its reference")
    .description("Measures a result against the well exposed photo of the same scene.")
    .argument("<result>", "the photo to measure")
    .argument("<reference>", "what it should look like, of the same size");
  return addSchemaOptions(command, metricsOptions)
    .addHelpText("after", notes)
    .action(async (result: string, reference: string, values: object) => {
      const { json, ...options } = checkedModels(checkedOptions(metricsOptions, values));
      // Imported here, so that other commands start without the laboratory.
      const { measuresTable } = await import("@kindling/lab");
      const { measureFiles } = await import("@kindling/node/lab");
      const measures = await measureFiles(result, reference, options);
      process.stdout.write(`${json ? JSON.stringify(measures) : measuresTable(measures)}\n`);
    });
}
