import { lumaOf } from "../colour/luma.ts";
import { type Steps, within } from "../flow/steps.ts";
import { colourChannels, copyPicture, createPlane, type Picture, type Plane } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { Agreement } from "./agreement.ts";
import {
  type BlockMotion,
  blockPx,
  buildFramePyramid,
  estimateMotion,
  type FramePyramid,
  noMotion,
} from "./block-motion.ts";
import { movePicture } from "./move-picture.ts";

/** Frames that a pixel is the mean of at most: more would keep what interpolation blurs. */
const mostFrames = 8;

/** A frame without the noise that other frames do not share, and where its blocks were before. */
export interface FilteredFrame {
  readonly picture: Picture;
  readonly motion: BlockMotion;
}

/** What is kept of the frame before. */
interface Kept {
  readonly picture: Picture;
  readonly pyramid: FramePyramid;
  /** Frames that each pixel is the mean of. */
  readonly counts: Plane;
  readonly noise: number;
}

/**
 * Removes noise over time: each frame is averaged with the result of the one before, moved block by block to where its
 * content is now, and only where both agree but for noise. So what moves, appears or changes its light leaves no ghost.
 *
 * A still pixel is the mean of up to eight frames, recursively: the deviation of its noise falls to about a quarter.
 */
export class TemporalFilter {
  readonly #strength: number;
  readonly #agreement = new Agreement();
  #kept: Kept | undefined;

  /** @param strength 0 (frames stay as they are) to 1. */
  constructor(strength: number) {
    this.#strength = strength;
  }

  /** Forgets the frames before: the next one begins a shot. */
  reset(): void {
    this.#kept = undefined;
  }

  /** @param frame encoded, 0 to 1; all frames of a shot have one size. */
  *filter(frame: Picture): Steps<FilteredFrame> {
    const luma = lumaOf(frame);
    const pyramid = buildFramePyramid(luma);
    const kept = this.#kept;
    if (!kept) {
      const counts = createPlane(frame.width, frame.height);
      counts.values.fill(1);
      this.#kept = { picture: frame, pyramid, counts, noise: 0.01 };
      return { picture: frame, motion: noMotion(frame) };
    }
    const motion = yield* within(0.1, 0.4, estimateMotion(kept.pyramid, pyramid, kept.noise));
    const moved = yield* within(0.4, 0.6, movePicture(kept.picture, motion));
    const { trust, noise } = yield* within(0.6, 0.8, this.#agreement.measure(frame, moved));
    const counts = createPlane(frame.width, frame.height);
    const picture = yield* within(0.8, 1, this.#average(frame, moved, trust, kept.counts, motion, counts));
    this.#kept = { picture, pyramid: buildFramePyramid(lumaOf(picture)), counts, noise };
    return { picture, motion };
  }

  *#average(
    frame: Picture,
    moved: Picture,
    trust: Plane,
    before: Plane,
    { columns, dx, dy }: BlockMotion,
    counts: Plane,
  ): Steps<Picture> {
    const average = copyPicture(frame);
    const { width, height, channels, samples } = average;
    const colours = colourChannels(frame);
    const most = 1 + this.#strength * (mostFrames - 1);
    yield* overRows(height, width * channels, (from, to) => {
      for (let y = from; y < to; y++) {
        const blockRow = Math.floor(y / blockPx) * columns;
        for (let x = 0, i = y * width, at = i * channels; x < width; x++, i++, at += channels) {
          const block = blockRow + Math.floor(x / blockPx);
          const row = Math.min(Math.max(Math.round(y + dy[block]), 0), height - 1);
          const column = Math.min(Math.max(Math.round(x + dx[block]), 0), width - 1);
          const count = Math.min(trust.values[i] * before.values[row * width + column] + 1, most);
          counts.values[i] = count;
          const share = 1 - 1 / count;
          for (let c = at; c < at + colours; c++) samples[c] += share * (moved.samples[c] - samples[c]);
        }
      }
    });
    return average;
  }
}
