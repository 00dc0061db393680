import { KindlingError } from "@kindling/node";
import { z } from "zod";

/** The model files that some metrics need, for every command that measures. */
export const metricModelOptions = {
  niqeModel: z.string().optional().meta({
    flags: "--niqe-model <file>",
    description: "measure NIQE too, with this model (safetensors); models/niqe holds one",
  }),
  lpipsBackbone: z.string().optional().meta({
    flags: "--lpips-backbone <file>",
    description: "measure LPIPS too, with the layers that this ONNX model puts out",
  }),
  lpipsWeights: z.string().optional().meta({
    flags: "--lpips-weights <file>",
    description: "LPIPS' weights for these layers: lin0, lin1 and on (safetensors)",
  }),
};

type ModelFiles = { readonly [Name in keyof typeof metricModelOptions]?: string | undefined };

/**
 * The model files, once it is clear that they are complete.
 *
 * @throws {KindlingError} `invalid-option` where LPIPS has a backbone without weights or weights without a backbone.
 */
export function checkedModels<Files extends ModelFiles>(files: Files): Files {
  if ((files.lpipsBackbone === undefined) === (files.lpipsWeights === undefined)) return files;
  throw new KindlingError(
    "invalid-option",
    "LPIPS needs both --lpips-backbone and --lpips-weights. Give both or neither.",
  );
}
