// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import type { IntegerPixels } from "@kindling/core/internal";
import type { JSHandle, Page } from "playwright-core";

/** Pixels as a page shows them: RGBA, 8 bits, sRGB. */
export interface ShownPixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** What a bitmap or canvas of a page holds. */
export async function shownPixels(page: Page, source: JSHandle<ImageBitmap | HTMLCanvasElement>): Promise<ShownPixels> {
  const { width, height, base64 } = await page.evaluate((picture) => {
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context?.drawImage(picture, 0, 0);
    const data = context?.getImageData(0, 0, picture.width, picture.height).data;
    let text = "";
    for (let at = 0; data && at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
    return { width: picture.width, height: picture.height, base64: btoa(text) };
  }, source);
  return { width, height, rgba: Buffer.from(base64, "base64") };
}

/** The largest difference of any colour sample, in steps of 8 bits; pictures of other sizes differ entirely. */
export function largestDifference(shown: ShownPixels, expected: IntegerPixels): number {
  if (shown.width !== expected.width || shown.height !== expected.height) return Number.POSITIVE_INFINITY;
  const { channels, samples } = expected;
  let largest = 0;
  for (let pixel = 0; pixel < shown.width * shown.height; pixel++) {
    for (let c = 0; c < 3; c++) {
      const wanted = samples[pixel * channels + (channels >= 3 ? c : 0)];
      largest = Math.max(largest, Math.abs(shown.rgba[pixel * 4 + c] - wanted));
    }
  }
  return largest;
}

/** Mean of the largest colour sample of each pixel, 0 to 1. */
export function meanShownLight({ rgba }: ShownPixels): number {
  let sum = 0;
  for (let i = 0; i < rgba.length; i += 4) sum += Math.max(rgba[i], rgba[i + 1], rgba[i + 2]);
  return sum / (rgba.length / 4) / 255;
}
