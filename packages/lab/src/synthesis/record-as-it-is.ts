import { perfectCamera } from "./camera-settings.ts";
import { drawDarkShot, type ShotRanges } from "./dark-shot.ts";
import type { Range } from "./draw-from-range.ts";
import type { DrawnPair } from "./drawn-pair.ts";
import { recordScene } from "./expose-dark.ts";
import type { LinearPicture } from "./scene-of-photo.ts";

const none: Range = [0, 0];

/** Nothing but noise, noise reduction and compression. */
const asItIs: Omit<ShotRanges, "noise" | "jpegQuality"> = {
  exposureEv: none,
  kelvin: [6504, 6504],
  adaptation: [1, 1],
  balanceErrorPercent: none,
  cornerAngleDegrees: none,
  highlightStops: none,
  tone: none,
  denoising: [0, 1],
  sharpening: none,
  parts: 0,
  lamps: 0,
  unchanged: 1,
};

/**
 * Records a scene at 0 EV in daylight, by a drawn camera (a shot of kind `unchanged`) and by the same one without noise.
 *
 * @param noise its range: the camera draws from the lowest ten times of it; 0 to 0 = none, and `low` is `normal` itself.
 */
export function recordAsItIs(
  scene: LinearPicture,
  { noise, jpegQuality }: Pick<ShotRanges, "noise" | "jpegQuality">,
  seed: number,
  name: string,
): Omit<DrawnPair, "scene"> {
  const shot = drawDarkShot({ ...asItIs, noise, jpegQuality }, seed, name);
  const { colourMatrix, correctionMatrix, channelGains } = shot.camera;
  // The same colours, so that both records clip highlights alike.
  const ideal = { ...perfectCamera, colourMatrix, correctionMatrix, channelGains };
  const normal = recordScene(scene, ideal, shot.noiseSeed);
  const low = shot.camera.noise.a > 0 ? recordScene(scene, shot.camera, shot.noiseSeed) : normal;
  return { low, normal, shot };
}
