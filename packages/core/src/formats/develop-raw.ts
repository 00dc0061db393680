import { encodeSrgb } from "../colour/srgb.ts";
import { KindlingError } from "../errors.ts";
import type { IntegerPixels } from "../image/integers.ts";
import { type DecodedSource, damagedFile, type SourceOptions } from "./decoded-source.ts";
import type { LoadLibRaw, RawFacts, RawImage } from "./libraw.ts";
import { metadataOfRaw } from "./raw-metadata.ts";

/**
 * Settings of LibRaw: 16 bits in linear light with sRGB's primaries, by the camera's white balance and matrix, its black
 * level and saturation, upright. Highlights of which a channel is cut are rebuilt from the others (2), and stay above white.
 *
 * DCB (4) with light noise reduction on the mosaic (FBDD, 1): a dark raw comes 1.4 dB nearer to its scene than by AHD, which
 * draws mazes into noise, and a bright one no farther.
 */
const settings = {
  outputBps: 16,
  gamm: [1, 1, 0, 0, 0, 0],
  noAutoBright: true,
  useCameraWb: true,
  outputColor: 1,
  highlight: 2,
  userQual: 4,
  fbddNoiserd: 1,
};

/** Photos of more pixels are developed by AHD (3): DCB and FBDD take 65 bytes a pixel, and a decoder has 2 GB. */
const mostPixelsOfDcb = 26e6;
const sparing = { userQual: 3, fbddNoiserd: 0 };

const remedy =
  "Convert it with Adobe DNG Converter, or export it as a 16-bit TIFF from the program of your camera's maker";

/**
 * Develops a camera's raw: demosaiced, white-balanced, in sRGB with 16 bits, upright. Never its embedded preview.
 *
 * What is brighter than the white of the sensor's weakest channel is rolled off towards white instead of
 * cut; a DNG's baseline exposure is applied.
 *
 * @throws {KindlingError} `unsupported` for cameras and compressions that LibRaw does not know, `damaged`, and what
 * `requireSize` throws.
 */
export async function developRaw(
  loadLibRaw: LoadLibRaw,
  bytes: Uint8Array,
  { name, requireSize }: SourceOptions,
): Promise<DecodedSource> {
  const lines: string[] = [];
  const libraw = await loadLibRaw((line) => lines.push(line));
  const processor = new libraw.LibRaw();
  const refusal = (cause: unknown) => {
    if (cause instanceof KindlingError) return cause;
    const reason = lines.at(-1)?.replace(/^[^:]*: */, "");
    if (reason && /end of file|corrupt|data error/i.test(reason)) {
      return damagedFile(name, `the raw file is damaged or cut short (${reason})`, cause);
    }
    const message = `${name}: this raw file cannot be developed${reason ? ` (${reason})` : ""}. ${remedy}.`;
    return new KindlingError("unsupported", message, { cause });
  };
  try {
    processor.open(bytes, settings);
    const { width, height, colors, color_data: colour } = processor.metadata(true);
    requireSize({ width, height });
    // Without a white balance LibRaw would multiply by zero.
    const useCameraWb = colors > 1 && colour.cam_mul.slice(0, 3).every((gain) => gain > 0);
    const isLarge = width * height > mostPixelsOfDcb;
    if (!useCameraWb || isLarge) processor.open(bytes, { ...settings, ...(isLarge && sparing), useCameraWb });
    const image = processor.imageData();
    const facts = processor.metadata(true);
    const metadata = metadataOfRaw(bytes, facts);
    return { pixels: codeRaw(image, exposureOf(facts)), ...metadata };
  } catch (cause) {
    throw refusal(cause);
  } finally {
    processor.delete();
  }
}

/** What makes a white that fills the sensor's weakest channel 1, times a DNG's baseline exposure. */
function exposureOf({ color_data: { pre_mul: used, dng_levels: levels } }: RawFacts): number {
  const gains = used.slice(0, 3).filter((gain) => gain > 0);
  const balance = gains.length > 0 ? Math.max(...gains) / Math.min(...gains) : 1;
  const stops = levels.baseline_exposure;
  // LibRaw says -999 where there is none.
  return balance * (Math.abs(stops) <= 5 ? 2 ** stops : 1);
}

/** Where the shoulder begins: below it light is as the sensor counted it. */
const knee = 0.8;

/** Codes linear light by sRGB's curve, 16 bits, highlights rolled off. */
function codeRaw({ width, height, colors, data }: RawImage, exposure: number): IntegerPixels {
  const channels = colors === 1 ? 1 : 3;
  const code = Uint16Array.from({ length: 65536 }, (_, i) => Math.round(65535 * encodeSrgb(i / 65535)));
  let most = 0;
  for (const value of data) if (value > most) most = value;
  const bend = shoulderOf((most / 65535) * exposure);
  const samples = new Uint16Array(width * height * channels);
  for (let at = 0, from = 0; at < samples.length; at += channels, from += colors) {
    let brightest = 0;
    for (let c = 0; c < channels; c++) brightest = Math.max(brightest, data[from + c]!);
    const light = (brightest / 65535) * exposure;
    // One factor for all channels, so that hues stay.
    const gain = light > knee ? (exposure * bend(light)) / light : exposure;
    for (let c = 0; c < channels; c++) samples[at + c] = code[Math.min(65535, Math.round(data[from + c]! * gain))]!;
  }
  return { width, height, channels, samples };
}

/** A curve that leaves the knee at slope 1 and reaches 1 where the photo is brightest; the identity for a photo within 1. */
function shoulderOf(brightest: number): (light: number) => number {
  if (brightest <= 1) return (light) => light;
  const bend = 1 / (1 - knee) - 1 / (brightest - knee);
  return (light) => knee + (light - knee) / (1 + bend * (light - knee));
}
