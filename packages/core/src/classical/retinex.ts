import { type Steps, within } from "../enhance/steps.ts";
import { gaussianBlur } from "../image/gaussian-blur.ts";
import { colourChannels, copyAlpha, createPicture, createPlane, type Picture, type Plane } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";

/**
 * The multi-scale Retinex of a picture: for each colour sample the mean over the scales of
 * ln(1 + I) - ln(1 + G * I), with I from 0 to 255 and G a Gaussian (borders mirrored). With one scale it is the
 * single-scale Retinex.
 *
 * The result is a picture of the same shape whose colour samples are these logarithms (about -5.5 to 5.5), not yet
 * brightness; alpha is copied.
 *
 * Source: Jobson, Rahman, Woodell 1997, equations 1 and 2 with equal weights.
 *
 * @param sigmas standard deviations of the Gaussians, px.
 */
export function* retinex(picture: Picture, sigmas: readonly number[]): Steps<Picture> {
  const { width, height, channels } = picture;
  const colours = colourChannels(picture);
  const plane = createPlane(width, height);
  const blurred = createPlane(width, height);
  const result = createPicture(width, height, channels);
  for (let c = 0; c < colours; c++) {
    yield* within(c / colours, (c + 1) / colours, retinexOfChannel(picture, c, sigmas, plane, blurred, result));
  }
  copyAlpha(picture, result, 0, width * height);
  return result;
}

function* retinexOfChannel(
  picture: Picture,
  channel: number,
  sigmas: readonly number[],
  plane: Plane,
  blurred: Plane,
  result: Picture,
): Steps<void> {
  const { width, height, channels, samples } = picture;
  const out = result.samples;
  const parts = sigmas.length + 1;
  yield* within(
    0,
    0.5 / parts,
    overRows(height, width, (from, to) => {
      for (let i = from * width; i < to * width; i++) plane.values[i] = 255 * samples[i * channels + channel];
    }),
  );
  for (const [index, sigma] of sigmas.entries()) {
    const begin = (index + 0.5) / parts;
    yield* within(begin, begin + 0.8 / parts, gaussianBlur(plane, sigma, blurred));
    // The surroundings are multiplied up first: the mean of logarithms is then one logarithm a sample.
    yield* within(
      begin + 0.8 / parts,
      begin + 1 / parts,
      overRows(height, width, (from, to) => {
        for (let i = from * width; i < to * width; i++) {
          const surround = 1 + blurred.values[i];
          const p = i * channels + channel;
          out[p] = index === 0 ? surround : out[p] * surround;
        }
      }),
    );
  }
  yield* within(
    1 - 0.5 / parts,
    1,
    overRows(height, width, (from, to) => {
      for (let i = from * width; i < to * width; i++) {
        const p = i * channels + channel;
        out[p] = Math.log(1 + plane.values[i]) - Math.log(out[p]) / sigmas.length;
      }
    }),
  );
}
