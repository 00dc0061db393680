import { KindlingError } from "../errors.ts";
import type { Picture } from "../image/picture.ts";
import { pictureOfTensor, tensorOfPicture } from "../runtime/picture-tensor.ts";
import type { ModelSession, RunOptions } from "../runtime/runtime.ts";
import type { MethodSettings } from "../settings/method-settings.ts";

/**
 * Runs a model from picture to picture.
 *
 * The picture goes to the input called `image`, or to the only one, as [1, 3, height, width] of 0 to 1; every other
 * input is a single number given by its name, such as KinD's `ratio`. The result is the output called `enhanced`, or
 * the only one.
 *
 * @throws {KindlingError} `invalid-option` where a number is missing or unknown; `invalid-model` where the model has no
 * such input or output, or cannot take this size; `cancelled`.
 */
export async function runPictureModel(
  session: ModelSession,
  picture: Picture,
  numbers: MethodSettings,
  options: RunOptions = {},
): Promise<Picture> {
  const image = onlyOr("image", session.inputNames, "input");
  const enhanced = onlyOr("enhanced", session.outputNames, "output");
  const scalars = Object.entries(numbers).map(([name, value]) => [
    name,
    { shape: [1], values: Float32Array.of(value) },
  ]);
  const outputs = await session.run({ ...Object.fromEntries(scalars), [image]: tensorOfPicture(picture) }, options);
  return pictureOfTensor(outputs[enhanced], picture);
}

function onlyOr(wanted: string, names: readonly string[], what: "input" | "output"): string {
  const name = names.length === 1 ? names[0] : names.find((candidate) => candidate === wanted);
  if (name !== undefined) return name;
  throw new KindlingError(
    "invalid-model",
    `The model does not go from picture to picture: of several ${what}s one must be called ${wanted}; there are ${names.join(", ")}.`,
  );
}
