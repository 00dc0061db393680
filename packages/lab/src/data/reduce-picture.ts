import { finish, type Plane } from "@kindling/core";
import { areaReduce, type IntegerPixels } from "@kindling/core/internal";
import type { TrainingImage } from "./training-image.ts";

/** The last reduction of every picture that is still in memory. */
const known = new WeakMap<TrainingImage, IntegerPixels>();

/** Reduces the whole picture to a square of 16-bit pixels, each the mean of the area it covers. */
export function reducePicture(image: TrainingImage, sidePx: number): IntegerPixels {
  const before = known.get(image);
  if (before?.width === sidePx) return before;
  const samples = new Uint16Array(3 * sidePx ** 2);
  for (let channel = 0; channel < 3; channel++) {
    const { values } = finish(areaReduce(planeOf(image, channel), sidePx, sidePx));
    for (let i = 0; i < values.length; i++) samples[3 * i + channel] = values[i]! * 65535 + 0.5;
  }
  const reduced: IntegerPixels = { width: sidePx, height: sidePx, channels: 3, samples };
  known.set(image, reduced);
  return reduced;
}

function planeOf({ width, height, samples }: TrainingImage, channel: number): Plane {
  const white = samples instanceof Uint16Array ? 65535 : 255;
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) values[i] = samples[3 * i + channel] / white;
  return { width, height, values };
}
