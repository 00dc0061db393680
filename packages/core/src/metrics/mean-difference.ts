import type { Picture } from "../image/picture.ts";
import { requireSameShape } from "./same-shape.ts";

/**
 * The mean over all pixels and colours of `weigh(difference)`, the difference in levels of 0..255.
 *
 * @throws {KindlingError} `unsupported` where size or colours differ.
 */
export function meanDifference(result: Picture, reference: Picture, weigh: (difference: number) => number): number {
  const colours = requireSameShape(result, reference);
  const pixels = result.width * result.height;
  let sum = 0;
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < colours; c++) {
      const is = exactLevel(result.samples[i * result.channels + c]);
      const wanted = exactLevel(reference.samples[i * reference.channels + c]);
      sum += weigh(is - wanted);
    }
  }
  return sum / (pixels * colours);
}

const levelStep = 1 / 65535;

/** A float that stands for a level of an 8- or 16-bit file is that level: its rounding would show in the eighth digit. */
function exactLevel(sample: number): number {
  const level = (sample * 65535 + 0.5) | 0;
  return Math.fround(level * levelStep) === sample ? level / 257 : sample * 255;
}
