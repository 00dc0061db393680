import { finish, type Plane } from "@kindling/core";
import { areaReduce, type IntegerPixels } from "@kindling/core/internal";
import type { TrainingImage } from "./training-image.ts";

/** Every picture is reduced once for as long as it is kept. */
const known = new WeakMap<TrainingImage, IntegerPixels>();

/** The whole picture reduced to a square, each pixel the mean of the area it covers, 16 bits. */
export function reducedPicture(image: TrainingImage, sidePx: number): IntegerPixels {
  const before = known.get(image);
  if (before?.width === sidePx) return before;
  const samples = new Uint16Array(3 * sidePx ** 2);
  for (let channel = 0; channel < 3; channel++) {
    const { values } = finish(areaReduce(planeOf(image, channel), sidePx, sidePx));
    for (const [i, value] of values.entries()) samples[3 * i + channel] = value * 65535 + 0.5;
  }
  const reduced: IntegerPixels = { width: sidePx, height: sidePx, channels: 3, samples };
  known.set(image, reduced);
  return reduced;
}

function planeOf({ width, height, samples }: TrainingImage, channel: number): Plane {
  const white = samples instanceof Uint16Array ? 65535 : 255;
  const values = Float32Array.from({ length: width * height }, (_, i) => samples[3 * i + channel] / white);
  return { width, height, values };
}
