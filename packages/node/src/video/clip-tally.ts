import { type LitFrame, type LuminanceChange, meanLuminance, type Picture } from "@kindling/core";
import type { VideoFacts } from "./probe-video.ts";

/** Figures of the frames that were written, as they are kept between two runs. */
export interface TallyState {
  readonly frames: number;
  /** From the first frame to the end of the last one written. */
  readonly seconds: number;
  readonly shots: number;
  readonly logLight: number;
  readonly before: number;
  readonly after: number;
  readonly measured: number;
}

/** Figures of a whole clip. */
export interface ClipFigures {
  readonly frames: number;
  readonly shots: number;
  readonly megapixels: number;
  /** The geometric mean of the light of its frames. */
  readonly light: number;
  /** Mean luminance before and after, in linear light, 0 to 1, of every eighth frame. */
  readonly luminance: LuminanceChange;
}

/** Frames between two whose luminance is measured. */
const measuredStep = 8;

const nothing: TallyState = { frames: 0, seconds: 0, shots: 0, logLight: 0, before: 0, after: 0, measured: 0 };

/** Figures of the frames of a clip. */
export class ClipTally {
  #state: TallyState;

  /** @param state of an earlier run; from the beginning if not given. */
  constructor(state: TallyState = nothing) {
    this.#state = state;
  }

  get state(): TallyState {
    return this.#state;
  }

  /** Measures frame `index` as it was read, where it is one of those that are measured. */
  static measure(index: number, picture: Picture): number {
    return index % measuredStep === 0 ? meanLuminance(picture) : 0;
  }

  /**
   * Counts a frame that was written.
   *
   * @param before what was measured of it as it was read.
   * @param microseconds from the first frame to its end.
   */
  take({ picture, light, shot }: Omit<LitFrame, "seconds">, before: number, microseconds: number): void {
    const { frames, logLight, after, measured, ...sums } = this.#state;
    const isMeasured = frames % measuredStep === 0;
    this.#state = {
      frames: frames + 1,
      seconds: microseconds / 1e6,
      shots: shot + 1,
      logLight: logLight + Math.log(light),
      before: sums.before + before,
      after: after + (isMeasured ? meanLuminance(picture) : 0),
      measured: measured + (isMeasured ? 1 : 0),
    };
  }

  sum({ width, height }: VideoFacts): ClipFigures {
    const { frames, shots, logLight, before, after, measured } = this.#state;
    return {
      ...{ frames, shots },
      megapixels: (frames * width * height) / 1e6,
      light: Math.exp(logLight / Math.max(frames, 1)),
      luminance: { before: before / Math.max(measured, 1), after: after / Math.max(measured, 1) },
    };
  }
}
