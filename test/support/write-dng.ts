import { createRandom, decodeSrgb, type LooseField, layDirectory } from "@kindling/core/internal";
import sharp from "sharp";

/** How a raw is written. */
export interface DngOptions {
  /** Pixels across; default 120. */
  readonly width?: number;
  /** Light of the scene over that of its picture; above 1 the sensor saturates; default 0.5. */
  readonly exposure?: number;
  /** Exif orientation; default 1. */
  readonly orientation?: number;
  /** Bytes of a maker note; default none. */
  readonly makerNoteBytes?: number;
  readonly xmp?: string;
}

/** Gains by which the camera's white balance makes red, green and blue alike. */
const balance = [2.1, 1, 1.7] as const;
const blackLevel = 512;
const whiteLevel = 15_000;

/** XYZ under D65 to linear sRGB, by rows. Source: IEC 61966-2-1. */
const fromXyz = [3.2404542, -1.5371385, -0.4985314, -0.969266, 1.8760108, 0.041556, 0.0556434, -0.2040259, 1.0572252];

/**
 * Writes a camera's raw of a picture: DNG with a Bayer mosaic, shot and read noise, black level, saturation, a colour matrix
 * and a white balance. As cameras do, it has a small grey preview in its first directory, and the mosaic below it.
 */
export async function writeDng(
  picture: string | Buffer,
  { width = 120, exposure = 0.5, orientation = 1, makerNoteBytes = 0, xmp }: DngOptions = {},
): Promise<Buffer> {
  const { data, info } = await sharp(picture).resize(width).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const mosaic = exposeSensor(data, info, exposure);
  const preview = new Uint8Array(16 * 12 * 3).fill(128);

  const shot: LooseField[] = [
    text(0x9003, "2026:01:02 03:04:05"),
    shorts(0x8827, 3200),
    // Adobe RGB, as which the camera wrote its own JPEG.
    shorts(0xa001, 65535),
    ...(makerNoteBytes > 0 ? [bytes(0x927c, 7, ...new Array<number>(makerNoteBytes).fill(7))] : []),
  ];
  const layout = (previewAt: number, mosaicAt: number): Uint8Array => {
    const raw: LooseField[] = [
      ...image(
        { width: info.width, height: info.height },
        { at: mosaicAt, bytes: mosaic.byteLength, bits: 16, kind: 0 },
      ),
      shorts(262, 32803),
      shorts(277, 1),
      shorts(33421, 2, 2),
      bytes(33422, 1, 0, 1, 1, 2),
      bytes(50710, 1, 0, 1, 2),
      shorts(50711, 1),
      shorts(50714, blackLevel),
      longs(50717, whiteLevel),
    ];
    const main: LooseField[] = [
      ...image({ width: 16, height: 12 }, { at: previewAt, bytes: preview.length, bits: 8, kind: 1 }),
      shorts(262, 2),
      shorts(277, 3),
      text(271, "Kindling"),
      text(272, "Test camera"),
      shorts(274, orientation),
      ratios(282, 5, 300),
      ratios(283, 5, 300),
      shorts(296, 2),
      text(306, "2026:01:02 03:04:05"),
      bytes(50706, 1, 1, 4, 0, 0),
      bytes(50707, 1, 1, 1, 0, 0),
      text(50708, "Kindling Test camera"),
      ratios(50721, 10, ...fromXyz.map((value, i) => value / (balance[Math.floor(i / 3)] ?? 1))),
      ratios(50728, 5, ...balance.map((gain) => 1 / gain)),
      shorts(50778, 21),
      { tag: 0x8769, directory: shot },
      ...(xmp ? [bytes(700, 1, ...Buffer.from(xmp))] : []),
    ];
    // A sub-directory is a pointer like that to the Exif; it is laid behind the first directory.
    const first = layDirectory([...main, longs(330, 0)], 8, true);
    const subAt = 8 + first.length + (first.length & 1);
    const sub = layDirectory(raw, subAt, true);
    const whole = Buffer.alloc(subAt + sub.length);
    whole.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
    whole.set(layDirectory([...main, longs(330, subAt)], 8, true), 8);
    whole.set(sub, subAt);
    return whole;
  };
  const headBytes = layout(0, 0).length;
  const head = layout(headBytes, headBytes + preview.length);
  return Buffer.concat([head, preview, Buffer.from(mosaic.buffer)]);
}

function exposeSensor(
  data: Buffer,
  { width, height }: { readonly width: number; readonly height: number },
  exposure: number,
): Uint16Array<ArrayBuffer> {
  const random = createRandom(5, "sensor");
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const mosaic = new Uint16Array(width * height);
  for (let i = 0; i < mosaic.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const channel = ((x & 1) + (y & 1)) as 0 | 1 | 2;
    const light = (exposure * decodeSrgb((data[3 * i + channel] ?? 0) / 255)) / balance[channel];
    const counted = light + Math.sqrt(1e-4 * light + 1e-7) * gauss();
    mosaic[i] = Math.min(whiteLevel, Math.max(0, Math.round(blackLevel + counted * (whiteLevel - blackLevel))));
  }
  return mosaic;
}

function image(
  { width, height }: { readonly width: number; readonly height: number },
  strip: { readonly at: number; readonly bytes: number; readonly bits: 8 | 16; readonly kind: 0 | 1 },
): LooseField[] {
  return [
    longs(254, strip.kind),
    longs(256, width),
    longs(257, height),
    shorts(258, ...new Array<number>(strip.bits === 8 ? 3 : 1).fill(strip.bits)),
    shorts(259, 1),
    longs(273, strip.at),
    longs(278, height),
    longs(279, strip.bytes),
  ];
}

function bytes(tag: number, type: number, ...values: readonly number[]): LooseField {
  return { tag, type, value: Uint8Array.from(values), little: true };
}

function text(tag: number, value: string): LooseField {
  return bytes(tag, 2, ...Buffer.from(`${value}\0`));
}

function shorts(tag: number, ...values: readonly number[]): LooseField {
  return bytes(tag, 3, ...values.flatMap((value) => [value & 255, value >> 8]));
}

function longs(tag: number, ...values: readonly number[]): LooseField {
  return bytes(tag, 4, ...values.flatMap((value) => [0, 8, 16, 24].map((shift) => (value >>> shift) & 255)));
}

/** Of type 5 without sign, of type 10 with one. */
function ratios(tag: number, type: 5 | 10, ...values: readonly number[]): LooseField {
  const numbers = values.flatMap((value) => [Math.round(value * 1e6), 1_000_000]);
  return { ...longs(tag, ...numbers), type } as LooseField;
}
