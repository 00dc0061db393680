import type { Range, ShotRanges } from "@kindling/lab";
import { wholeNumber } from "@kindling/node/internal";
import { z } from "zod";
import { batchOptions } from "./batch-options.ts";

/** A range of numbers, `-6..-1`, or one number; kept as text, so that the help shows the default as people type it. */
function range(initial: string, least: number, most: number) {
  return z
    .string()
    .refine(
      (text) => {
        const numbers = parseRange(text);
        return numbers !== undefined && numbers[0] <= numbers[1] && numbers[0] >= least && numbers[1] <= most;
      },
      { error: `expected a number from ${least} to ${most}, or two with .. between them, the smaller one first` },
    )
    .default(initial);
}

/** A share from 0 to 1; default 0. */
function share() {
  const error = "expected a number from 0 to 1";
  return z.coerce.number({ error }).min(0, { error }).max(1, { error }).default(0);
}

/** Parses a range; undefined if the text has another form. */
function parseRange(text: string): Range | undefined {
  const ends = text.split("..").map((end) => (end.trim() === "" ? Number.NaN : Number(end)));
  const [min, max = min] = ends;
  if (min === undefined || max === undefined || ends.length > 2 || Number.isNaN(min + max)) return undefined;
  return [min, max];
}

/** The options of `kindling synth`, with their checks, defaults and help. */
export const synthOptions = z
  .strictObject({
    out: z.string().default("pairs").meta({ flags: "-o, --out <folder>", description: "folder for the pairs" }),
    ev: range("-6..-1", -10, 0).meta({
      flags: "--ev <range>",
      description: "exposure relative to the photo in stops (EV)",
    }),
    noise: range("1e-4..2e-2", 0, 1).meta({
      flags: "--noise <range>",
      description: "shot noise: variance for each unit of light; read noise follows; 0 for an ideal sensor",
    }),
    kelvin: range("2700..8000", 1700, 25_000).meta({
      flags: "--kelvin <range>",
      description: "colour temperature of the light (K)",
    }),
    adaptation: range("0.7..1", 0, 1).meta({
      flags: "--adaptation <range>",
      description: "share of that colour which the white balance corrects; the rest is the cast",
    }),
    balanceError: range("-6..6", -50, 50).meta({
      flags: "--balance-error <range>",
      description: "additional error of the white balance in red and in blue (%)",
    }),
    vignetting: range("0..25", 0, 60).meta({
      flags: "--vignetting <range>",
      description: "vignetting: angle of the corners with the lens axis (degrees)",
    }),
    highlights: range("0..2", 0, 6).meta({
      flags: "--highlights <range>",
      description: "light of clipped highlights above white, in stops (EV)",
    }),
    tone: range("0..1", 0, 1).meta({
      flags: "--tone <range>",
      description: "strength of the camera's own contrast and shadows; 0 for plain sRGB",
    }),
    denoising: range("0..1", 0, 1).meta({
      flags: "--denoising <range>",
      description: "strength of the camera's noise reduction",
    }),
    sharpening: range("0..1", 0, 1).meta({
      flags: "--sharpening <range>",
      description: "strength of the camera's sharpening",
    }),
    quality: range("60..97", 0, 100).meta({
      flags: "-q, --quality <range>",
      description: "quality of the JPEG compression of the dark photo; 0 for none",
    }),
    parts: share().meta({
      flags: "--parts <share>",
      description: "share of pairs of which only a part is darkened, 0 to 1",
    }),
    unchanged: share().meta({
      flags: "--unchanged <share>",
      description: "share of pairs left as they are, with a little noise, 0 to 1",
    }),
    lamps: share().meta({
      flags: "--lamps <share>",
      description: "share of photos darkened as a whole in whose scene lamps are lit, 0 to 1",
    }),
    side: wholeNumber(16, 100_000).optional().meta({
      flags: "--side <px>",
      description: "reduce photos to this longer side first",
    }),
    versions: wholeNumber(1, 1000)
      .default(1)
      .meta({ flags: "-n, --versions <n>", description: "dark versions of each photo" }),
    panoramas: z.string().optional().meta({
      flags: "--panoramas <folder>",
      description: "also make pairs of views of panoramas of scene light (.hdr): many exposures fused, and a dark one",
    }),
    views: wholeNumber(1, 10_000).default(10).meta({ flags: "--views <n>", description: "views of each panorama" }),
    viewSide: wholeNumber(96, 4096).default(384).meta({
      flags: "--view-side <px>",
      description: "longer side of views; 384 fits panoramas of 1024 pixels, 4096 pixels allow four times as many",
    }),
    blankFrames: wholeNumber(0, 100_000).default(0).meta({
      flags: "--blank-frames <n>",
      description: "also draw pairs of frames without a scene: black, noise, even grey or colour, paper",
    }),
    lampScenes: wholeNumber(0, 100_000).default(0).meta({
      flags: "--lamp-scenes <n>",
      description: "also draw pairs of lights in the dark that stay as they are: lamps, stars, windows, stages",
    }),
    seed: wholeNumber(0, 2 ** 32 - 1)
      .default(1)
      .meta({ flags: "--seed <n>", description: "the same seed draws the same values" }),
    format: z
      .enum(["png", "webp"], { error: "expected png or webp" })
      .default("png")
      .meta({ flags: "-f, --format <format>", description: "png or webp, both lossless; webp is smaller and slower" }),
    sheet: wholeNumber(0, 200)
      .default(12)
      .meta({ flags: "--sheet <n>", description: "pairs shown in contact-sheet.jpg; 0 for no sheet" }),
    ...batchOptions,
  })
  .refine(({ parts, unchanged }) => parts + unchanged <= 1, {
    path: ["parts"],
    error: "expected at most 1 together with --unchanged, since both are shares of the same pairs",
  });

/** The ranges of all drawn circumstances, from checked options. */
export function parseRanges(options: z.infer<typeof synthOptions>): ShotRanges {
  const range = (text: string): Range => parseRange(text) ?? [Number.NaN, Number.NaN];
  return {
    exposureEv: range(options.ev),
    noise: range(options.noise),
    kelvin: range(options.kelvin),
    adaptation: range(options.adaptation),
    balanceErrorPercent: range(options.balanceError),
    cornerAngleDegrees: range(options.vignetting),
    highlightStops: range(options.highlights),
    tone: range(options.tone),
    denoising: range(options.denoising),
    sharpening: range(options.sharpening),
    jpegQuality: range(options.quality),
    parts: options.parts,
    unchanged: options.unchanged,
    lamps: options.lamps,
  };
}
