import { KindlingError } from "../errors.ts";
import { type FollowOptions, follow } from "../flow/steps.ts";
import { throwIfCancelled } from "../flow/throw-if-cancelled.ts";
import type { Photo } from "../image/photo.ts";
import type { Picture } from "../image/picture.ts";
import { requirePicture } from "../settings/require-picture.ts";
import { invalidValue } from "../settings/require-value.ts";
import type { BlockMotion } from "../temporal/block-motion.ts";
import { changeLight, packFrame, type WaitingFrame } from "../temporal/change-light.ts";
import { CutDetector } from "../temporal/cut-detector.ts";
import { measureLight, tonesOf } from "../temporal/light-field.ts";
import { LightOverTime, type TimedLight } from "../temporal/light-over-time.ts";
import { TemporalFilter } from "../temporal/temporal-filter.ts";
import type { Light } from "./light.ts";
import type { Strengths } from "./strengths.ts";

/** Frames of light that are looked at ahead by default: 0.4 s of 30 frames a second, 175 MB at 1920x1080. */
const defaultLookahead = 12;

/** The time between frames that tell none. */
const assumedFrameSeconds = 1 / 30;

/** A frame of a video. */
export interface VideoFrame {
  /** Encoded as sRGB, 0 to 1, upright; all frames of a video have one size. */
  readonly picture: Picture;
  /** Its time in the video; if left out, 1/30 s after the frame before. */
  readonly seconds?: number | undefined;
}

/** A frame of a video, lit. */
export interface LitFrame {
  readonly picture: Picture;
  readonly seconds: number;
  /** Number of its shot, from 0: the frames between two cuts. */
  readonly shot: number;
  /** The light level that the method chose for the frame alone, or the one that was asked for. */
  readonly light: number;
}

/** How a video is lit. */
export interface VideoOptions extends Strengths {
  /** The light of every frame; `auto` if not given. */
  readonly light?: Light | undefined;
  /** Share of the noise that goes where other frames show the same, 0 to 1; 1 if not given. */
  readonly denoiseOverTime?: number | undefined;
  /**
   * Frames after each frame whose light counts for it, 0 to 120; 12 if not given. They wait in memory, 7 bytes a pixel; with
   * 0 a frame comes out as soon as it went in, as for a live picture.
   */
  readonly lookaheadFrames?: number | undefined;
  /** Abort it to cancel. */
  readonly signal?: AbortSignal | undefined;
}

/** What is needed of an enhancer. */
interface PhotoEnhancer {
  analyse(photo: Photo, options: FollowOptions): Promise<AnalysedFrame>;
}

interface AnalysedFrame {
  readonly autoLight: number;
  relight(options: Pick<VideoOptions, "light" | "signal"> & Strengths): Promise<Photo>;
}

interface Waiting {
  readonly frame: WaitingFrame;
  readonly timed: TimedLight;
  readonly light: number;
}

/**
 * Lights the frames of a video without flicker: each is freed of noise over time, lit by itself, and its light then changed
 * to that of its shot, held over time along motion. Memory does not grow with the length of the video.
 *
 * @throws {KindlingError} `invalid-option` for what is no picture or no time, frames of different sizes or options out of their range; `cancelled`.
 */
export async function* enhanceVideo(
  frames: AsyncIterable<VideoFrame> | Iterable<VideoFrame>,
  enhancer: PhotoEnhancer,
  options: VideoOptions,
): AsyncGenerator<LitFrame, void, undefined> {
  const { denoiseOverTime = 1, lookaheadFrames = defaultLookahead, signal, ...lighting } = options;
  requireRange("denoiseOverTime", denoiseOverTime, 1);
  requireRange("lookaheadFrames", lookaheadFrames, 120);
  const [cuts, filter, following] = [new CutDetector(), new TemporalFilter(denoiseOverTime), { signal }];
  const waiting: Waiting[] = [];
  let [overTime, shot, seconds] = [new LightOverTime(), -1, -assumedFrameSeconds];
  let first: Picture | undefined;
  const settle = async (): Promise<LitFrame> => {
    const [{ frame, timed, light }] = waiting.splice(0, 1) as [Waiting];
    const change = overTime.settle(
      timed,
      waiting.map((after) => after.timed),
    );
    const picture = await follow(changeLight(frame, change), following);
    return { picture, seconds: timed.seconds, shot, light };
  };
  for await (const frame of frames) {
    throwIfCancelled(signal);
    requirePicture("picture", frame.picture);
    first ??= frame.picture;
    requireSize(frame.picture, first);
    seconds = frame.seconds ?? seconds + assumedFrameSeconds;
    if (!Number.isFinite(seconds)) throw invalidValue("seconds", "a number, or none", seconds);
    if (await follow(cuts.beginsShot(frame.picture), following)) {
      while (waiting.length > 0) yield await settle();
      filter.reset();
      overTime = new LightOverTime();
      shot++;
    }
    const { picture, motion } = await follow(filter.filter(frame.picture), following);
    const scene = await enhancer.analyse(photoOf(picture), following);
    const lit = await scene.relight({ ...lighting, signal });
    const light = typeof lighting.light === "number" ? lighting.light : scene.autoLight;
    waiting.push(wait(picture, { picture: lit.picture, light }, motion, seconds));
    if (waiting.length > lookaheadFrames) yield await settle();
  }
  while (waiting.length > 0) yield await settle();
}

function wait(
  picture: Picture,
  lit: { readonly picture: Picture; readonly light: number },
  motion: BlockMotion,
  seconds: number,
): Waiting {
  const { width, height } = picture;
  const field = measureLight(picture, lit.picture);
  const frame = packFrame(lit.picture, tonesOf(picture));
  return { frame, timed: { field, motion, seconds, width, height }, light: lit.light };
}

/** A frame as methods take it. What was averaged lies between the levels of 8 bits. */
function photoOf(picture: Picture): Photo {
  return { picture, metadata: {}, format: "png", depth: 16, lossless: true, notes: [] };
}

function requireRange(name: string, value: number, most: number): void {
  if (value >= 0 && value <= most && (most === 1 || Number.isInteger(value))) return;
  const kind = most === 1 ? "a number" : "a whole number";
  throw new KindlingError("invalid-option", `${name}: expected ${kind} from 0 to ${most}; got ${value}.`);
}

function requireSize(picture: Picture, first: Picture): void {
  const shape = ({ width, height, channels }: Picture) => `${width}x${height} pixels of ${channels} channels`;
  if (shape(picture) === shape(first)) return;
  throw new KindlingError(
    "invalid-option",
    `A frame has ${shape(picture)}, the first one ${shape(first)}. Give frames of one size.`,
  );
}
