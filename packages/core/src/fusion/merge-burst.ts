import { lumaOf } from "../colour/luma.ts";
import { linearTable, tableSteps } from "../colour/mean-luminance.ts";
import { srgbTransfer, type Transfer } from "../colour/transfer.ts";
import { KindlingError } from "../errors.ts";
import { type FollowOptions, follow, type Steps, within } from "../flow/steps.ts";
import { colourChannels, copyPicture, createPlane, type Picture, type Plane } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { requirePicture } from "../settings/require-picture.ts";
import { Agreement } from "../temporal/agreement.ts";
import { buildFramePyramid, estimateMotion, type FramePyramid, noMotion } from "../temporal/block-motion.ts";
import { alignFrame, type FramePlacement } from "./align-frame.ts";
import { placeFrame } from "./place-frame.ts";

/** How a frame of a burst was merged. */
export interface MergedFrame {
  /** Where it lies against the first one. */
  readonly placement: FramePlacement;
  /** Share of the picture that came from it, 0 to 1: what moved, and what it does not show, did not. */
  readonly share: number;
}

/** A burst in one picture. */
export interface MergedBurst {
  readonly picture: Picture;
  /** One for each frame after the first. */
  readonly frames: readonly MergedFrame[];
}

/** How a burst is merged. */
export interface MergeBurstOptions extends FollowOptions {
  /** How the pictures are encoded; as sRGB if not given. */
  readonly transfer?: Transfer | undefined;
  /** Frames of the burst, for the progress; without it the progress is that of each frame. */
  readonly count?: number | undefined;
}

/** Frames of a burst differ in exposure by half a stop at most; more is another light, which is not evened out. */
const mostExposure = Math.SQRT2;

/** Standard deviation of noise, in encoded values, that the motion of blocks assumes. */
const assumedNoise = 0.02;

/**
 * Merges frames of one scene, taken by hand in quick succession, into one picture with less noise: each is aligned with the
 * first (shift, turn, and what is nearer block by block, below a pixel), brought to its exposure, and averaged with it in
 * linear light where both agree but for noise. So what moves is that of the first frame, without ghosts.
 *
 * @param frames pictures of one size and encoding, 0 to 1, read one at a time; the first one decides what is seen.
 * @throws {KindlingError} `invalid-option` for fewer than two frames, what is no picture, or frames of different sizes; `cancelled`.
 * @example
 * const burst = [dark, dark, dark, dark];
 * const { picture, frames } = await mergeBurst(burst, { signal });
 */
export async function mergeBurst(
  frames: Iterable<Picture> | AsyncIterable<Picture>,
  { transfer = srgbTransfer, count, signal, onProgress }: MergeBurstOptions = {},
): Promise<MergedBurst> {
  let merger: BurstMerger | undefined;
  const merged: MergedFrame[] = [];
  for await (const frame of frames) {
    requirePicture("frame", frame);
    if (!merger) {
      merger = new BurstMerger(frame, transfer);
      continue;
    }
    const done = merged.length;
    const report = (share: number) => onProgress?.(count ? (done + share) / (count - 1) : share);
    merged.push(await follow(merger.add(frame), { signal, onProgress: report }));
  }
  if (!merger || merged.length === 0) {
    throw new KindlingError("invalid-option", `frames: expected two or more of a burst; got ${merger ? 1 : 0}.`);
  }
  return { picture: merger.average(), frames: merged };
}

/** Sums of a burst: the memory of four pictures, however many frames there are. */
class BurstMerger {
  readonly #first: Picture;
  readonly #pyramid: FramePyramid;
  readonly #transfer: Transfer;
  readonly #linear: Float64Array;
  readonly #agreement = new Agreement();
  /** Linear light times its weight, and the weights. */
  readonly #sums: Float32Array;
  readonly #weights: Plane;

  constructor(first: Picture, transfer: Transfer) {
    this.#first = first;
    this.#pyramid = buildFramePyramid(lumaOf(first));
    this.#transfer = transfer;
    this.#linear = linearTable(transfer);
    this.#sums = first.samples.map((sample) => this.#light(sample));
    this.#weights = createPlane(first.width, first.height);
    this.#weights.values.fill(1);
  }

  *add(frame: Picture): Steps<MergedFrame> {
    this.#requireLike(frame);
    const placement = yield* within(0, 0.25, alignFrame(this.#pyramid, buildFramePyramid(lumaOf(frame))));
    const roughly = yield* within(0.25, 0.45, placeFrame(frame, placement, noMotion(frame)));
    const pyramid = buildFramePyramid(lumaOf(roughly.picture));
    const motion = yield* within(0.45, 0.55, estimateMotion(pyramid, this.#pyramid, assumedNoise));
    const placed = yield* within(0.55, 0.75, placeFrame(frame, placement, motion));
    const exposure = this.#exposureOf(placed.picture, placed.inside);
    const exposed = exposure === 1 ? placed.picture : this.#expose(placed.picture, exposure);
    const { trust } = yield* within(0.75, 0.9, this.#agreement.measure(this.#first, exposed));
    let total = 0;
    const { width, height, channels } = frame;
    const colours = colourChannels(frame);
    yield* within(
      0.9,
      1,
      overRows(height, width * channels, (from, to) => {
        for (let i = from * width; i < to * width; i++) {
          const weight = trust.values[i] * placed.inside.values[i];
          if (weight === 0) continue;
          total += weight;
          this.#weights.values[i] += weight;
          for (let c = i * channels; c < i * channels + colours; c++) {
            this.#sums[c] += weight * this.#light(exposed.samples[c]);
          }
        }
      }),
    );
    return { placement, share: total / (width * height) };
  }

  average(): Picture {
    const picture = copyPicture(this.#first);
    const { channels, samples } = picture;
    const colours = colourChannels(picture);
    for (let i = 0; i < this.#weights.values.length; i++) {
      for (let c = i * channels; c < i * channels + colours; c++) {
        samples[c] = this.#transfer.fromLinear(this.#sums[c] / this.#weights.values[i]);
      }
    }
    return picture;
  }

  #light(sample: number): number {
    const place = Math.min(Math.max(sample, 0), 1) * tableSteps;
    const index = Math.min(Math.floor(place), tableSteps - 1);
    return this.#linear[index] + (place - index) * (this.#linear[index + 1] - this.#linear[index]);
  }

  /**
   * The light of the first frame over that of another where both are neither black nor white: the median of the quotients, as
   * something bright that moves would weigh too much in sums.
   */
  #exposureOf({ samples, channels }: Picture, inside: Plane): number {
    const quotients: number[] = [];
    const step = channels * Math.max(1, Math.floor(inside.values.length / 2 ** 18));
    for (let at = 0; at < samples.length; at += step) {
      const [a, b] = [this.#first.samples[at], samples[at]];
      if (inside.values[at / channels] === 0 || Math.min(a, b) < 0.02 || Math.max(a, b) > 0.9) continue;
      quotients.push(this.#light(a) / this.#light(b));
    }
    const exposure = Float64Array.from(quotients).sort()[quotients.length >> 1] ?? 1;
    const isKnown = exposure < mostExposure && exposure > 1 / mostExposure;
    return isKnown && Math.abs(exposure - 1) > 0.01 ? exposure : 1;
  }

  #expose(picture: Picture, exposure: number): Picture {
    const exposed = copyPicture(picture);
    const tone = Float64Array.from({ length: tableSteps + 1 }, (_, i) =>
      this.#transfer.fromLinear(Math.min(this.#linear[i] * exposure, 1)),
    );
    for (let i = 0; i < exposed.samples.length; i++) {
      const place = exposed.samples[i] * tableSteps;
      const index = Math.min(Math.floor(place), tableSteps - 1);
      exposed.samples[i] = tone[index] + (place - index) * (tone[index + 1] - tone[index]);
    }
    return exposed;
  }

  #requireLike(frame: Picture): void {
    const shape = ({ width, height, channels }: Picture) => `${width}x${height} pixels of ${channels} channels`;
    if (shape(frame) === shape(this.#first)) return;
    throw new KindlingError(
      "invalid-option",
      `frames: one has ${shape(frame)}, the first one ${shape(this.#first)}. Give frames of one size.`,
    );
  }
}
