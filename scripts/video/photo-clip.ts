import { recordScene, sceneOfPhoto } from "@kindling/lab";
import { type Picture, readPhoto } from "@kindling/node";
import { cropColumns, type DrawnFrame, darkCamera, panPx, withoutNoise } from "../../examples/sample-clips.ts";

/** How much brighter than white lamps are taken to be, in stops. */
const highlightStops = 2;

/** Frames of a photo over which a camera shifts by `panPx` a frame: real content, simulated motion, light and noise. */
export async function drawPhotoPan(
  path: string,
  { width, height, frames }: { readonly width: number; readonly height: number; readonly frames: number },
): Promise<readonly DrawnFrame[]> {
  const { picture } = await readPhoto(path);
  if (picture.channels !== 3 || picture.width < width + panPx * (frames - 1) || picture.height < height) {
    throw new Error(`${path} is too small for a pan of ${frames} frames of ${width}x${height}.`);
  }
  const top = (picture.height - height) >> 1;
  const rows = picture.samples.subarray(top * picture.width * 3, (top + height) * picture.width * 3);
  const middle: Picture = { width: picture.width, height, channels: 3, samples: rows };
  const scene = sceneOfPhoto(middle, highlightStops);
  return Array.from({ length: frames }, (_, i) => {
    const shown = cropColumns(scene, panPx * i, width);
    return { dark: recordScene(shown, darkCamera, 1000 + i), clean: recordScene(shown, withoutNoise, 1) };
  });
}
