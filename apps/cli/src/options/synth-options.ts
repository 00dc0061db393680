import type { ShotRanges } from "@kindling/lab";
import type { Range } from "@kindling/lab/internal";
import { z } from "zod";
import { batchOptions, wholeNumber } from "./batch-options.ts";

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

/** Parses a range; undefined if the text has another form. */
function parseRange(text: string): Range | undefined {
  const ends = text.split("..").map((end) => (end.trim() === "" ? Number.NaN : Number(end)));
  const [min, max = min] = ends;
  if (min === undefined || max === undefined || ends.length > 2 || Number.isNaN(min + max)) return undefined;
  return [min, max];
}

/** The options of `kindling synth`, with their checks, defaults and help. */
export const synthOptions = z.strictObject({
  out: z.string().default("pairs").meta({ flags: "-o, --out <folder>", description: "folder for the pairs" }),
  ev: range("-6..-1", -10, 0).meta({
    flags: "--ev <range>",
    description: "exposure relative to the photo in stops (EV)",
  }),
  iso: range("200..6400", 0, 409_600).meta({
    flags: "--iso <range>",
    description: "film speed, which sets the noise; 0 for none",
  }),
  kelvin: range("2700..8000", 1700, 25_000).meta({
    flags: "--kelvin <range>",
    description: "colour temperature of the light (K)",
  }),
  adaptation: range("0.6..1", 0, 1).meta({
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
  quality: range("80..97", 0, 100).meta({
    flags: "-q, --quality <range>",
    description: "quality of the JPEG compression of the dark photo; 0 for none",
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
});

/** The ranges of all drawn circumstances, from checked options. */
export function parseRanges(options: z.infer<typeof synthOptions>): ShotRanges {
  const range = (text: string): Range => parseRange(text) ?? [Number.NaN, Number.NaN];
  return {
    exposureEv: range(options.ev),
    iso: range(options.iso),
    kelvin: range(options.kelvin),
    adaptation: range(options.adaptation),
    balanceErrorPercent: range(options.balanceError),
    cornerAngleDegrees: range(options.vignetting),
    highlightStops: range(options.highlights),
    jpegQuality: range(options.quality),
  };
}
