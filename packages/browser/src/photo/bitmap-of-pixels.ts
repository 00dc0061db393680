import { mostKept } from "./screen-pixels.ts";

let last: { readonly context: OffscreenCanvasRenderingContext2D; readonly space: PredefinedColorSpace } | undefined;

/**
 * Makes a bitmap of pixels. Those of a screen go through a canvas, which gives its own memory away: that takes two thirds of the
 * time of `createImageBitmap`. It is used again for pictures of the same size and colour space.
 */
export async function bitmapOfPixels(image: ImageData): Promise<ImageBitmap> {
  const { width, height, colorSpace: space } = image;
  if (width * height > mostKept) return createImageBitmap(image);
  const canvas = last?.context.canvas;
  if (last?.space !== space || canvas?.width !== width || canvas.height !== height) {
    // In the memory of the processor, where the pixels are.
    const settings = { colorSpace: space, willReadFrequently: true };
    const context = new OffscreenCanvas(width, height).getContext("2d", settings);
    if (!context) return createImageBitmap(image);
    last = { context, space };
  }
  last.context.putImageData(image, 0, 0);
  return last.context.canvas.transferToImageBitmap();
}
