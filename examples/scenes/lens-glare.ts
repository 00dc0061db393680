import { createPicture } from "@kindling/core";
import type { LinearPicture } from "@kindling/lab";

/** Halos of a lens: radius as a share of the picture's height, and the share of light that goes into each. */
const halos = [
  { radius: 0.0011, share: 0.3 },
  { radius: 0.012, share: 0.035 },
  { radius: 0.06, share: 0.025 },
] as const;

/** Light that a lens spreads around bright things: a soft core and two faint wide halos; none is lost. */
export function addLensGlare(scene: LinearPicture): LinearPicture {
  const sum = createPicture(scene.width, scene.height, scene.channels);
  const direct = halos.reduce((left, halo) => left - halo.share, 1);
  for (let i = 0; i < sum.samples.length; i++) sum.samples[i] = direct * scene.samples[i];
  for (const { radius, share } of halos) {
    const blurred = gaussianBlur(scene, radius * scene.height);
    for (let i = 0; i < sum.samples.length; i++) sum.samples[i] += share * blurred.samples[i];
  }
  return sum;
}

function gaussianBlur(picture: LinearPicture, sigmaPx: number): LinearPicture {
  const { width, height, channels } = picture;
  const across = blurLines(picture, sigmaPx, channels, width, width * channels, height);
  return blurLines(across, sigmaPx, width * channels, height, channels, width);
}

/** Blurs along one axis: `count` samples `stride` apart in each line, edges repeated. */
function blurLines(
  picture: LinearPicture,
  sigmaPx: number,
  stride: number,
  count: number,
  lineStride: number,
  lines: number,
): LinearPicture {
  const reach = Math.ceil(3 * sigmaPx);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigmaPx ** 2)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const blurred = createPicture(picture.width, picture.height, picture.channels);
  for (let line = 0; line < lines; line++) {
    for (let channel = 0; channel < picture.channels; channel++) {
      const first = line * lineStride + channel;
      for (let i = 0; i < count; i++) {
        let sum = 0;
        for (let k = -reach; k <= reach; k++) {
          const at = Math.min(Math.max(i + k, 0), count - 1);
          sum += weights[k + reach] * picture.samples[first + at * stride];
        }
        blurred.samples[first + i * stride] = sum / total;
      }
    }
  }
  return blurred;
}
