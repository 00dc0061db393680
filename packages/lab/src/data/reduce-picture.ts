import { finish, type Plane } from "@kindling/core";
import { areaReduce, type IntegerPixels } from "@kindling/core/internal";
import { type Frame, frameUnits } from "./draw-frame.ts";
import type { TrainingImage } from "./training-image.ts";

/** The reductions of every picture that is still in memory, by their sides. */
const known = new WeakMap<TrainingImage, Map<number, IntegerPixels>>();

/**
 * Reduces a picture to a square of 16-bit pixels, each the mean of the area it covers. The whole picture is reduced once a
 * size; parts are cut from a reduction of twice the side.
 *
 * @param sidePx side of the square; with a frame, twice it divides into the frame's units.
 * @param frame the part to reduce; default the whole picture.
 */
export function reducePicture(image: TrainingImage, sidePx: number, frame?: Frame): IntegerPixels {
  if (frame) return reducePixels(cutFrame(reducePicture(image, 2 * sidePx), frame), sidePx);
  const reductions = known.get(image) ?? new Map<number, IntegerPixels>();
  known.set(image, reductions);
  const reduced = reductions.get(sidePx) ?? reducePixels(image, sidePx);
  reductions.set(sidePx, reduced);
  return reduced;
}

function reducePixels(pixels: IntegerPixels, sidePx: number): IntegerPixels {
  const samples = new Uint16Array(3 * sidePx ** 2);
  for (let channel = 0; channel < 3; channel++) {
    const { values } = finish(areaReduce(planeOf(pixels, channel), sidePx, sidePx));
    for (let i = 0; i < values.length; i++) samples[3 * i + channel] = values[i]! * 65535 + 0.5;
  }
  return { width: sidePx, height: sidePx, channels: 3, samples };
}

function cutFrame({ width: side, samples }: IntegerPixels, frame: Frame): IntegerPixels {
  const [left, top, width, height] = [frame.left, frame.top, frame.width, frame.height].map(
    (units) => (units * side) / frameUnits,
  );
  const cut = new Uint16Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * side + left) * 3;
    cut.set(samples.subarray(start, start + 3 * width), 3 * y * width);
  }
  return { width, height, channels: 3, samples: cut };
}

function planeOf({ width, height, samples }: IntegerPixels, channel: number): Plane {
  const white = samples instanceof Uint16Array ? 65535 : 255;
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) values[i] = samples[3 * i + channel] / white;
  return { width, height, values };
}
