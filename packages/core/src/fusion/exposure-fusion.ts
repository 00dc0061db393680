import { KindlingError } from "../errors.ts";
import { type Steps, within } from "../flow/steps.ts";
import { blendPyramids } from "../image/blend-pyramids.ts";
import { colourChannels, copyAlpha, createPicture, createPlane, type Picture, type Plane } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { requirePicture } from "../settings/require-picture.ts";

/** How much each measure of quality counts: the exponents of the weights, 0 or more; 0 leaves a measure out. */
export interface FusionWeights {
  /** Of edges and texture; default 1. */
  readonly contrast?: number;
  /** Of colour; default 1. */
  readonly saturation?: number;
  /** Of values near the middle of the range; default 1. */
  readonly exposedness?: number;
}

/** Keeps the weights of a pixel that no exposure shows well from being all zero. */
const leastWeight = 1e-12;

/** Variance of the bell around 0.5 by which a value counts as well exposed. */
const exposednessVariance = 0.04;

/**
 * Fuses exposures of one scene into one picture that keeps what each shows best: the window of the short exposure and
 * the room of the long one. No camera response is needed and nothing is tone-mapped.
 *
 * Weights by contrast, saturation and exposedness are blended over the levels of a Laplacian pyramid. Source: Mertens,
 * Kautz and Van Reeth, "Exposure Fusion", Pacific Graphics 2007. As in OpenCV's version, saturation is the root of the
 * sum, not of the mean, of the squared deviations.
 *
 * @param exposures two or more pictures of one size, aligned pixel on pixel, encoded for display, 0 to 1; alpha is taken
 * from the first.
 * @returns the fused picture, clipped to 0 to 1.
 * @throws {KindlingError} `invalid-option` for no pictures, what is no picture, or pictures of different sizes or channels.
 * @example
 * // runs
 * const fused = finish(fuseExposures([dark, reference]));
 */
export function* fuseExposures(exposures: readonly Picture[], weights: FusionWeights = {}): Steps<Picture> {
  const [first] = exposures;
  requireAlike(exposures);
  const share = 1 / (2 * exposures.length);
  const masks: Plane[] = [];
  for (const [i, exposure] of exposures.entries()) {
    masks.push(yield* within(i * share, (i + 1) * share, weighExposure(exposure, weights)));
  }
  normaliseSum(masks);

  const fused = createPicture(first.width, first.height, first.channels);
  const channels = colourChannels(first);
  for (let channel = 0; channel < channels; channel++) {
    const from = 0.5 + channel / (2 * channels);
    yield* within(from, from + 1 / (2 * channels), fuseChannel(exposures, masks, channel, fused));
  }
  copyAlpha(first, fused, 0, first.width * first.height);
  return fused;
}

/** Blends one channel of all exposures. */
function* fuseChannel(
  exposures: readonly Picture[],
  masks: readonly Plane[],
  channel: number,
  fused: Picture,
): Steps<void> {
  const { values } = yield* blendPyramids((i) => planeOf(exposures[i], channel), masks, lastLevel(fused));
  for (let j = 0; j < values.length; j++) {
    fused.samples[j * fused.channels + channel] = Math.min(Math.max(values[j], 0), 1);
  }
}

/** Levels below the full size: the coarsest is some pixels small. */
function lastLevel({ width, height }: Picture): number {
  return Math.floor(Math.log2(Math.min(width, height)));
}

/** How well an exposure shows each pixel. */
function* weighExposure(
  picture: Picture,
  { contrast = 1, saturation = 1, exposedness = 1 }: FusionWeights,
): Steps<Plane> {
  const { width, height, channels, samples } = picture;
  const colours = colourChannels(picture);
  const grey = greyOf(picture);
  const result = createPlane(width, height);
  yield* overRows(height, 16 * width, (from, to) => {
    for (let y = from; y < to; y++) {
      const [above, below] = [mirror(y - 1, height) * width, mirror(y + 1, height) * width];
      for (let x = 0; x < width; x++) {
        const at = y * width + x;
        const around =
          grey[above + x] +
          grey[below + x] +
          grey[y * width + mirror(x - 1, width)] +
          grey[y * width + mirror(x + 1, width)];
        let [sum, exposed] = [0, 0];
        for (let c = 0; c < colours; c++) {
          const value = samples[at * channels + c];
          sum += value;
          exposed += (value - 0.5) ** 2;
        }
        let deviation = 0;
        for (let c = 0; c < colours; c++) deviation += (samples[at * channels + c] - sum / colours) ** 2;
        result.values[at] =
          Math.abs(around - 4 * grey[at]) ** contrast *
            Math.sqrt(deviation) ** saturation *
            Math.exp(-exposed / (2 * exposednessVariance)) ** exposedness +
          leastWeight;
      }
    }
  });
  return result;
}

function greyOf(picture: Picture): Float32Array {
  if (colourChannels(picture) === 1) return planeOf(picture, 0).values;
  const { width, height, channels, samples } = picture;
  const grey = new Float32Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += channels) {
    grey[i] = 0.299 * samples[at] + 0.587 * samples[at + 1] + 0.114 * samples[at + 2];
  }
  return grey;
}

/** The position inside that mirroring about the border pixel brings one just outside to. */
function mirror(position: number, count: number): number {
  if (count === 1) return 0;
  return position < 0 ? 1 : position === count ? count - 2 : position;
}

/** Divides weights by their sum over all exposures, in place. */
function normaliseSum(masks: readonly Plane[]): void {
  const { length } = masks[0].values;
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (const { values } of masks) sum += values[i];
    for (const { values } of masks) values[i] /= sum;
  }
}

function planeOf({ width, height, channels, samples }: Picture, channel: number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.values.length; i++) plane.values[i] = samples[i * channels + channel];
  return plane;
}

function requireAlike(exposures: readonly Picture[]): void {
  const [first, ...others] = exposures;
  if (!first) throw new KindlingError("invalid-option", "exposures: expected at least one picture; got none.");
  exposures.forEach((exposure, i) => {
    requirePicture(`exposures[${i}]`, exposure);
  });
  for (const other of others) {
    if (other.width === first.width && other.height === first.height && other.channels === first.channels) continue;
    const size = ({ width, height, channels }: Picture) => `${width} x ${height} pixels of ${channels} channels`;
    throw new KindlingError(
      "invalid-option",
      `exposures: expected pictures of one size; got ${size(first)} and ${size(other)}.`,
    );
  }
}
