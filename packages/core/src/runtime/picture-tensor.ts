import { KindlingError } from "../errors.ts";
import { colourChannels, copyPicture, type Picture } from "../image/picture.ts";
import type { ModelTensor } from "./runtime.ts";

/** A picture as a model's input: [1, 3, height, width], 0 to 1; grey fills all three channels, alpha is left out. */
export function tensorOfPicture(picture: Picture): ModelTensor {
  const { width, height, channels, samples } = picture;
  const pixels = width * height;
  const values = new Float32Array(3 * pixels);
  const step = colourChannels(picture) === 1 ? 0 : 1;
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < pixels; i++) values[c * pixels + i] = samples[i * channels + c * step];
  }
  return { shape: [1, 3, height, width], values };
}

/**
 * A model's output as a picture: clipped to 0..1, with the original's alpha. For a grey original it is the mean of
 * red, green and blue.
 *
 * @throws {KindlingError} `invalid-model` unless the tensor is [1, 3, height, width] of the original's size.
 */
export function pictureOfTensor({ shape, values }: ModelTensor, original: Picture): Picture {
  const { width, height, channels } = original;
  if (`${shape}` !== `1,3,${height},${width}`) {
    throw new KindlingError(
      "invalid-model",
      `The model gave [${shape.join(", ")}] for a picture of [1, 3, ${height}, ${width}]; expected the same size.`,
    );
  }
  const pixels = width * height;
  const picture = copyPicture(original);
  const isGrey = colourChannels(original) === 1;
  for (let i = 0; i < pixels; i++) {
    const colours = [values[i], values[pixels + i], values[2 * pixels + i]];
    if (isGrey) picture.samples[i * channels] = clip((colours[0] + colours[1] + colours[2]) / 3);
    else for (let c = 0; c < 3; c++) picture.samples[i * channels + c] = clip(colours[c]);
  }
  return picture;
}

function clip(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
