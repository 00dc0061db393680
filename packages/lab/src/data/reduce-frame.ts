import { finish, type Plane } from "@kindling/core";
import { areaReduce, type IntegerPixels } from "@kindling/core/internal";
import { type Frame, frameCells } from "./frame.ts";
import type { TrainingImage } from "./training-image.ts";

/** How many times the wanted side a whole picture keeps, so that its frames need not be enlarged. */
const reserve = 2;

/** The last whole reduction of every picture that is still in memory. */
const known = new WeakMap<TrainingImage, IntegerPixels>();

/**
 * Reduces a frame of a picture to a square of 16-bit pixels, each the mean of the area it covers. The picture is reduced to
 * a square once; frames are cut from that.
 */
export function reduceFrame(image: TrainingImage, frame: Frame, sidePx: number): IntegerPixels {
  const cellPx = Math.ceil((reserve * sidePx) / frameCells);
  const { left, top, width, height } = frame;
  const inPx = { left: left * cellPx, top: top * cellPx, width: width * cellPx, height: height * cellPx };
  return reducePart(reduceWhole(image, cellPx * frameCells), inPx, sidePx);
}

function reduceWhole(image: TrainingImage, sidePx: number): IntegerPixels {
  const before = known.get(image);
  if (before?.width === sidePx) return before;
  const { width, height } = image;
  const reduced = reducePart(image, { left: 0, top: 0, width, height }, sidePx);
  known.set(image, reduced);
  return reduced;
}

/** @param part whole pixels inside the picture. */
function reducePart(pixels: IntegerPixels, part: Frame, sidePx: number): IntegerPixels {
  const samples = new Uint16Array(3 * sidePx ** 2);
  for (let channel = 0; channel < 3; channel++) {
    const { values } = finish(areaReduce(cutPlane(pixels, part, channel), sidePx, sidePx));
    for (let i = 0; i < values.length; i++) samples[3 * i + channel] = values[i]! * 65535 + 0.5;
  }
  return { width: sidePx, height: sidePx, channels: 3, samples };
}

function cutPlane({ width, samples }: IntegerPixels, part: Frame, channel: number): Plane {
  const white = samples instanceof Uint16Array ? 65535 : 255;
  const values = new Float32Array(part.width * part.height);
  for (let y = 0, to = 0; y < part.height; y++) {
    const from = (part.top + y) * width + part.left;
    for (let x = 0; x < part.width; x++, to++) values[to] = samples[3 * (from + x) + channel] / white;
  }
  return { width: part.width, height: part.height, values };
}
