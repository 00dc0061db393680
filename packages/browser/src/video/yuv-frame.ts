import type { Picture } from "@kindling/core";

// Encoders of browsers turn RGB into YUV by matrices and ranges of their own, some without telling; what comes as YUV they take
// as it is. Source: ITU-R BT.709, 8 bits, limited range, 4:2:0 with chroma on the left of its two columns.

/** Weights of red, green and blue in luma. */
const [red, green, blue] = [0.2126, 0.7152, 0.0722];

/** Planes of I420: luma, then both chromas of half the size, rounded up. */
export function packYuv({ width, height, samples }: Picture): Uint8Array<ArrayBuffer> {
  const [chromaWidth, chromaHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const planes = new Uint8Array(width * height + 2 * chromaWidth * chromaHeight);
  const luma = (at: number) => red * samples[at] + green * samples[at + 1] + blue * samples[at + 2];
  for (let i = 0; i < width * height; i++) planes[i] = Math.round(16 + 219 * luma(3 * i));
  const [blueAt, redAt] = [width * height, width * height + chromaWidth * chromaHeight];
  for (let y = 0; y < chromaHeight; y++) {
    for (let x = 0; x < chromaWidth; x++) {
      let [cb, cr] = [0, 0];
      for (let dy = 0; dy < 2; dy++) {
        const row = Math.min(2 * y + dy, height - 1) * width;
        for (let dx = -1; dx < 2; dx++) {
          const at = 3 * (row + Math.min(Math.max(2 * x + dx, 0), width - 1));
          const [here, share] = [luma(at), dx === 0 ? 0.25 : 0.125];
          cb += share * (samples[at + 2] - here);
          cr += share * (samples[at] - here);
        }
      }
      planes[blueAt + y * chromaWidth + x] = Math.round(128 + (112 / (1 - blue)) * cb);
      planes[redAt + y * chromaWidth + x] = Math.round(128 + (112 / (1 - red)) * cr);
    }
  }
  return planes;
}

/** What `packYuv` gives, as tags tell it. The curve is that by which BT.709 is shown. */
export const yuvColour = { primaries: "bt709", transfer: "bt709", matrix: "bt709", fullRange: false } as const;
