import type { Picture } from "@kindling/core";
import { colourChannels, heldSamples, pictureOfIntegers } from "@kindling/core/internal";

/** RGBA of 8 bits, as canvases take it. */
export type ScreenPixels = Uint8ClampedArray<ArrayBuffer>;

/** Pixels of the largest picture whose memory is kept for the next: that of a screen. */
export const mostKept = 4_000_000;

/** Pixels that nothing reads any more. To get memory of their size takes longer than to write to it. */
let spare: ScreenPixels | undefined;

/** Takes memory for the pixels of a picture; what it holds is of no meaning. */
export function takePixels({ width, height }: Pick<Picture, "width" | "height">): ScreenPixels {
  const length = 4 * width * height;
  const taken = spare?.length === length ? spare : new Uint8ClampedArray(length);
  spare = undefined;
  return taken;
}

/** Gives pixels to the next who takes some. */
export function leavePixels(pixels: ScreenPixels): void {
  if (pixels.length <= 4 * mostKept) spare = pixels;
}

/** A picture in the memory of pixels, which a lit photo can be written to; undefined for grey photos, which have one channel. */
export function pictureOfPixels(pixels: ScreenPixels, photo: Picture): Picture | undefined {
  if (colourChannels(photo) === 1) return undefined;
  const { width, height } = photo;
  return pictureOfIntegers({ width, height, channels: 4, samples: new Uint8Array(pixels.buffer) });
}

/** Whether a picture is in the memory of pixels. */
export function holdsPixels(picture: Picture, pixels: ScreenPixels): boolean {
  return heldSamples(picture).values.buffer === pixels.buffer;
}
