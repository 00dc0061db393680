import { createPicture, type Photo, type Picture } from "@kindling/core";
import { decodePhoto } from "@kindling/node";
import sharp from "sharp";

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of text in a scene. */
interface SceneLine {
  readonly text: string;
  /** The rows and columns that a recogniser gets. */
  readonly strip: Box;
  /** The smallest rectangle around its letters, which a detector should find. */
  readonly ink: Box;
}

/** A drawn scene with text that is known. */
export interface TextScene {
  /** Sides are multiples of 32. */
  readonly photo: Photo;
  readonly lines: readonly SceneLine[];
}

/** A line to draw: its element, of which the letters are the only ink. */
interface LineToDraw {
  readonly text: string;
  readonly strip: Box;
  readonly element: string;
}

/**
 * Draws a scene in the system's fonts.
 *
 * @param ground SVG of all that lies behind the text.
 */
export async function drawScene(
  [width, height]: readonly [number, number],
  ground: string,
  lines: readonly LineToDraw[],
): Promise<TextScene> {
  const render = (content: string) => sharp(Buffer.from(`<svg width="${width}" height="${height}">${content}</svg>`));
  const elements = lines.map(({ element }) => element);
  const file = await render(`${ground}${elements.join("")}`)
    .removeAlpha()
    .png()
    .toBuffer();
  const known = lines.map(async ({ text, strip, element }) => {
    const alone = await render(element).toColourspace("srgb").png().toBuffer();
    // What is not ink is transparent, and goes.
    const { info } = await sharp(alone).trim({ threshold: 0 }).toBuffer({ resolveWithObject: true });
    const [x, y] = [-(info.trimOffsetLeft ?? 0), -(info.trimOffsetTop ?? 0)];
    return { text, strip, ink: { x, y, width: info.width, height: info.height } };
  });
  return { photo: await decodePhoto(file, { name: "scene.png" }), lines: await Promise.all(known) };
}

/** Cuts a rectangle out of a picture. */
export function cutBox({ width: stride, channels, samples }: Picture, { x, y, width, height }: Box): Picture {
  const cut = createPicture(width, height, channels);
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * stride + x) * channels;
    cut.samples.set(samples.subarray(start, start + width * channels), row * width * channels);
  }
  return cut;
}
