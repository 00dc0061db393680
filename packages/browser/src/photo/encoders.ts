import { KindlingError, type Photo, type Picture } from "@kindling/core";
import { hasAlpha, integersOfPicture } from "@kindling/core/internal";
import { encodePng } from "./encode-png.ts";
import { joinJpegs } from "./join-jpegs.ts";
import { putRows } from "./put-rows.ts";
import { stripColourTags } from "./strip-colour-tags.ts";
import { defaultQuality, type WritableFormat } from "./writable-formats.ts";

/** Writes the pixels of a photo, without metadata. */
type Encoder = (photo: Photo, quality: number | undefined, depth: 8 | 16) => Promise<Uint8Array>;

/**
 * Encoders by format: the browser's own where it has one that takes a picture of this size, else WebAssembly, which is
 * fetched when it is needed.
 */
export const encoders: Readonly<Record<WritableFormat, Encoder>> = {
  async jpeg({ picture }, quality = defaultQuality.jpeg) {
    const own =
      (await encodeStrips(picture, quality)) ?? (await encodeWithCanvas(picture, "image/jpeg", quality / 100));
    if (own) return own;
    const { default: encode } = await load(import("@jsquash/jpeg/encode.js"), "jpeg");
    return new Uint8Array(await encode(createImageData(picture, true), { quality }));
  },
  async webp({ picture, lossless }, quality) {
    // Chromium writes lossless WebP where the quality is exactly 1.
    const isLossless = lossless && quality === undefined;
    const share = isLossless ? 1 : (quality ?? defaultQuality.webp) / 100;
    const own = await encodeWithCanvas(picture, "image/webp", share);
    if (own) return own;
    const { default: encode } = await load(import("@jsquash/webp/encode.js"), "webp");
    const options = isLossless ? { lossless: 1, quality: 70 } : { quality: 100 * share };
    return new Uint8Array(await encode(createImageData(picture, false), options));
  },
  png: ({ picture }, _, depth) => encodePng(integersOfPicture(picture, depth)),
  async avif({ picture }, quality = defaultQuality.avif) {
    const { default: encode } = await load(import("@jsquash/avif/encode.js"), "avif");
    return new Uint8Array(await encode(createImageData(picture, false), { quality, speed: 8, subsample: 3 }));
  },
};

/** Rows that are put into a canvas at a time. */
const bandRows = 256;

/** Pixels of a strip: the canvas and what it is filled with take 16 MB each. */
const stripPixels = 4e6;

/** Blocks of JPEG end at multiples of this many rows, whatever the encoder's sampling of colour. */
const blockRows = 16;

/**
 * Writes a large picture as JPEG strip by strip: a canvas for all of it, and all of its blocks in the browser's encoder, would
 * take seven bytes a pixel, and phones have no canvas of such a size. The file is the same.
 *
 * @returns undefined for smaller ones, and where the browser's strips are none that can be joined.
 */
async function encodeStrips(picture: Picture, quality: number): Promise<Uint8Array | undefined> {
  const { width, height } = picture;
  const rows = Math.max(1, Math.floor(stripPixels / width / blockRows)) * blockRows;
  if (rows >= height) return undefined;
  const strips: Uint8Array[] = [];
  const encode = await createCanvasEncoder(picture, "image/jpeg", rows);
  for (let top = 0; top < height; top += rows) {
    const strip = await encode?.(top, Math.min(top + rows, height), quality / 100);
    if (!strip) return undefined;
    strips.push(strip);
  }
  return joinJpegs(strips);
}

/** Writes a picture with a canvas; undefined where this browser cannot write the type, or a picture of this size. */
async function encodeWithCanvas(picture: Picture, type: string, quality?: number): Promise<Uint8Array | undefined> {
  const encode = await createCanvasEncoder(picture, type, picture.height);
  return encode?.(0, picture.height, quality);
}

/** Writes rows of a picture, `most` at a time, as files of their own with one canvas; undefined as for `encodeWithCanvas`. */
async function createCanvasEncoder(picture: Picture, type: string, most: number) {
  if (!(await isWrittenByCanvas(type))) return undefined;
  const { width } = picture;
  const whiteBehind = type === "image/jpeg";
  const canvas = new OffscreenCanvas(width, most);
  const context = canvas.getContext("2d", { alpha: hasAlpha(picture) && !whiteBehind });
  if (!context) return undefined;
  // Made anew for each band they would wait together to be collected.
  const pixels = new Uint8ClampedArray(4 * width * Math.min(most, bandRows));
  return async (top: number, end: number, quality?: number): Promise<Uint8Array | undefined> => {
    // Sets the canvas back, so only where it must.
    if (canvas.height !== end - top) canvas.height = end - top;
    if (!holdsPixels(context, width, end - top)) return undefined;
    for (let from = top; from < end; from += bandRows) {
      const rows = Math.min(bandRows, end - from);
      const band = new ImageData(pixels.subarray(0, 4 * width * rows), width, rows);
      putRows(picture, from, band.data, { whiteBehind });
      context.putImageData(band, 0, from - top);
    }
    const blob = await canvas.convertToBlob({ type, ...(quality !== undefined && { quality }) }).catch(() => undefined);
    return blob?.type === type ? stripColourTags(new Uint8Array(await blob.arrayBuffer())) : undefined;
  };
}

const writtenByCanvas = new Map<string, Promise<boolean>>();

/** Asks the browser once whether its canvases write a type: those that cannot write PNG instead. */
function isWrittenByCanvas(type: string): Promise<boolean> {
  const known = writtenByCanvas.get(type);
  if (known) return known;
  const canvas = new OffscreenCanvas(1, 1);
  canvas.getContext("2d");
  const asked = canvas.convertToBlob({ type }).then(
    (blob) => blob.type === type,
    () => false,
  );
  writtenByCanvas.set(type, asked);
  return asked;
}

/** Whether a canvas of this size keeps what is drawn: beyond their limits browsers give one that stays empty. */
function holdsPixels(context: OffscreenCanvasRenderingContext2D, width: number, height: number): boolean {
  context.fillStyle = "#fff";
  context.fillRect(width - 1, height - 1, 1, 1);
  return context.getImageData(width - 1, height - 1, 1, 1).data[0] === 255;
}

function createImageData(picture: Picture, whiteBehind: boolean): ImageData {
  const image = new ImageData(picture.width, picture.height);
  putRows(picture, 0, image.data, { whiteBehind });
  return image;
}

async function load<Module>(loading: Promise<Module>, format: WritableFormat): Promise<Module> {
  try {
    return await loading;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KindlingError(
      "not-found",
      `format: the encoder of ${format} could not be fetched (${reason}). Check the connection, or choose another format.`,
      { cause },
    );
  }
}
