import { type Steps, within } from "../flow/steps.ts";
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
 * With the logarithm first it is ln(1 + I) - G * ln(1 + I): the surroundings count by their geometric instead of their
 * arithmetic mean. Being linear in the logarithm, it is a network of convolutions.
 *
 * Source: Jobson, Rahman, Woodell 1997, equations 1 and 2 with equal weights; with the logarithm first, Shen and others 2017
 * (MSR-Net), equations 4 to 8.
 *
 * @param sigmas standard deviations of the Gaussians, px.
 * @param logarithm whether the logarithm is taken before or after the blur.
 */
export function* retinex(
  picture: Picture,
  sigmas: readonly number[],
  logarithm: "first" | "last" = "last",
): Steps<Picture> {
  const { width, height, channels } = picture;
  const colours = colourChannels(picture);
  const plane = createPlane(width, height);
  const blurred = createPlane(width, height);
  const result = createPicture(width, height, channels);
  for (let c = 0; c < colours; c++) {
    const work = { picture, channel: c, plane, blurred, result };
    const ofChannel = logarithm === "first" ? logFirstOfChannel : logLastOfChannel;
    yield* within(c / colours, (c + 1) / colours, ofChannel(work, sigmas));
  }
  copyAlpha(picture, result, 0, width * height);
  return result;
}

/** A channel to work on, two planes to work with, and where the result goes. */
interface ChannelWork {
  readonly picture: Picture;
  readonly channel: number;
  readonly plane: Plane;
  readonly blurred: Plane;
  readonly result: Picture;
}

function* logLastOfChannel(
  { picture, channel, plane, blurred, result }: ChannelWork,
  sigmas: readonly number[],
): Steps<void> {
  const { width, height, channels, samples } = picture;
  const out = result.samples;
  yield* within(
    0,
    0.1,
    overRows(height, width, (from, to) => {
      for (let i = from * width; i < to * width; i++) plane.values[i] = 255 * samples[i * channels + channel];
    }),
  );
  for (const [index, sigma] of sigmas.entries()) {
    const progressTo = (share: number) => 0.1 + (0.9 * (index + share)) / sigmas.length;
    yield* within(progressTo(0), progressTo(0.7), gaussianBlur(plane, sigma, blurred));
    const isFirst = index === 0;
    const isLast = index === sigmas.length - 1;
    // Ratios are multiplied up first: the mean of logarithms is then one logarithm a sample.
    yield* within(
      progressTo(0.7),
      progressTo(1),
      overRows(height, width, (from, to) => {
        for (let i = from * width; i < to * width; i++) {
          const p = i * channels + channel;
          const ratio = (1 + plane.values[i]) / (1 + blurred.values[i]);
          const product = isFirst ? ratio : out[p] * ratio;
          out[p] = isLast ? Math.log(product) / sigmas.length : product;
        }
      }),
    );
  }
}

function* logFirstOfChannel(
  { picture, channel, plane, blurred, result }: ChannelWork,
  sigmas: readonly number[],
): Steps<void> {
  const { width, height, channels, samples } = picture;
  const out = result.samples;
  yield* within(
    0,
    0.1,
    overRows(height, width, (from, to) => {
      for (let i = from * width; i < to * width; i++) {
        const p = i * channels + channel;
        plane.values[i] = Math.log(1 + 255 * samples[p]);
        out[p] = plane.values[i];
      }
    }),
  );
  for (const [index, sigma] of sigmas.entries()) {
    const progressTo = (share: number) => 0.1 + (0.9 * (index + share)) / sigmas.length;
    yield* within(progressTo(0), progressTo(0.8), gaussianBlur(plane, sigma, blurred));
    yield* within(
      progressTo(0.8),
      progressTo(1),
      overRows(height, width, (from, to) => {
        for (let i = from * width; i < to * width; i++) {
          out[i * channels + channel] -= blurred.values[i] / sigmas.length;
        }
      }),
    );
  }
}
