import { KindlingError } from "@kindling/node";
import { z } from "zod";

/** Options for the model files that some metrics need. */
export const metricModelOptions = {
  niqeModel: z.string().optional().meta({
    flags: "--niqe-model <file>",
    description: "also measure NIQE with this model (safetensors); models/research/niqe holds one",
  }),
  lpipsBackbone: z.string().optional().meta({
    flags: "--lpips-backbone <file>",
    description: "also measure LPIPS on the layers that this ONNX model outputs",
  }),
  lpipsWeights: z.string().optional().meta({
    flags: "--lpips-weights <file>",
    description: "LPIPS weights for these layers: lin0, lin1 and so on (safetensors)",
  }),
};

type ModelFiles = { readonly [Name in keyof typeof metricModelOptions]?: string | undefined };

/**
 * Checks that the model files are complete and returns them.
 *
 * @throws {KindlingError} `invalid-option` where LPIPS has a backbone without weights or weights without a backbone.
 */
export function checkModels<Files extends ModelFiles>(files: Files): Files {
  if ((files.lpipsBackbone === undefined) === (files.lpipsWeights === undefined)) return files;
  throw new KindlingError(
    "invalid-option",
    "LPIPS needs both --lpips-backbone and --lpips-weights. Give both or neither.",
  );
}
