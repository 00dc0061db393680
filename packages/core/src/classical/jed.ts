import { lumaOf } from "../colour/luma.ts";
import { type Steps, within } from "../flow/steps.ts";
import { colourChannels, copyAlpha, createPicture, type Picture, type Plane } from "../image/picture.ts";
import { defineMethod } from "./define-method.ts";
import { differences, transposeDifferences } from "./differences.ts";
import { megapixelsOption, onSmallCopy } from "./on-small-copy.ts";
import { overStrips, type Strip } from "./over-strips.ts";
import { solveCoupled } from "./solve-coupled.ts";

/** What keeps the weights of flat places finite. */
const epsilon = 1e-3;
/** The light that is divided out counts as at least this. */
const darkestLight = 1e-3;
/** Error of a solve to stop at, relative to its solution. */
const tolerance = 1e-5;
/** Of what couples two pixels so many times the reach is worked out around a strip. */
const reaches = 8;

/** How the reflectance is smoothed and sharpened. */
interface ReflectanceSettings {
  readonly denoise: number;
  readonly edges: number;
  readonly contrast: number;
  readonly threshold: number;
}

/**
 * JED, joint enhancement and denoising: luma smoothed between its edges is the light, and what the photo is without it is
 * smoothed between the same edges, which are made steeper; the light comes back brighter.
 *
 * With S the photo, Y its luma (0.299, 0.587, 0.114), all 0 to 1, and D forward differences: (I + D^T a D) L = Y with a =
 * alpha / (|D Y| + 0.001); for each channel (I + beta D^T W D + omega D^T D) R = S / L + omega D^T G with W = 1 / (|D Y| +
 * 0.001), G = lambda D Y where |D Y| is at least the threshold, else 0; the result is R L^(1/gamma).
 *
 * Source: Ren, Li, Cheng, Liu 2018; the program is not public. From its released results: L starts from Y, gamma is 2.2, R
 * is not clipped. Departures: alpha is 0.1, not 0.001, as these results suit it better; L is at least 0.001. A picture of
 * more pixels than `megapixels` has L worked out on an area-reduced copy and brought up by the guided filter; R is always
 * that of every pixel.
 */
export const jed = defineMethod({
  name: "jed",
  title: "JED: joint enhancement and denoising",
  about: "Lifts the dark parts and smooths their noise between edges. Slow: seconds a megapixel; fine texture is lost.",
  duration: "seconds a megapixel",
  paper: {
    title: "Joint Enhancement and Denoising Method via Sequential Decomposition",
    authors: "X. Ren, M. Li, W.-H. Cheng, J. Liu",
    year: 2018,
    venue: "IEEE International Symposium on Circuits and Systems",
    id: "10.1109/ISCAS.2018.8351427",
  },
  options: {
    gamma: { default: 2.2, min: 1, max: 5, about: "How much the light is raised: 1 leaves it as it is." },
    alpha: { default: 0.1, min: 0, max: 1, about: "How smooth the light is assumed to be." },
    denoise: { default: 0.007, min: 0, max: 0.1, about: "How much is smoothed away between edges: beta of the paper." },
    edges: { default: 0.016, min: 0, max: 1, about: "How closely steeper edges are followed: omega of the paper." },
    contrast: { default: 6, min: 0, max: 20, about: "How many times steeper edges become: lambda of the paper." },
    threshold: {
      default: 10,
      min: 0,
      max: 255,
      about: "Step of luma, of 255, from which on it counts as an edge and not as noise.",
    },
    megapixels: megapixelsOption(1, 4),
  },
  *enhance(picture, { gamma, alpha, megapixels, ...settings }) {
    const { width, height } = picture;
    const luma = lumaOf(picture);
    const light = { ...luma, values: luma.values.slice() };
    yield* within(
      0,
      0.2,
      onSmallCopy(light, megapixels, (map) => smoothLuma(map, alpha)),
    );
    const result = createPicture(width, height, picture.channels);
    const colours = colourChannels(picture);
    const margin = Math.ceil(reaches * Math.sqrt(settings.denoise / epsilon + settings.edges));
    yield* within(
      0.2,
      1,
      overStrips(width, height, margin, function* (strip) {
        const ends = [strip.top * width, strip.bottom * width] as const;
        for (let c = 0; c < colours; c++) {
          const reflectance = yield* within(
            c / colours,
            (c + 1) / colours,
            reflectanceOf(picture, c, luma.values.subarray(...ends), light.values.subarray(...ends), strip, settings),
          );
          for (let i = strip.first * width; i < strip.last * width; i++) {
            const value = reflectance[i - ends[0]] * atLeastDark(light.values[i]) ** (1 / gamma);
            result.samples[i * picture.channels + c] = Math.min(Math.max(value, 0), 1);
          }
        }
      }),
    );
    copyAlpha(picture, result, 0, width * height);
    return result;
  },
});

/** L: luma smoothed where it has no edges. */
export function* smoothLuma({ width, height, values }: Plane, alpha: number): Steps<Float64Array> {
  const coupling = (step: number) => alpha / (Math.abs(step) + epsilon);
  const [east, south] = couplingsOf(values, width, coupling);
  return yield* solveCoupled({ width, height, east, south }, values, values, tolerance);
}

/**
 * R of one channel in a strip, rows `top` to `bottom`.
 *
 * @param luma Y of the strip's pixels.
 * @param light L of the strip's pixels.
 */
export function* reflectanceOf(
  { width, channels, samples }: Picture,
  channel: number,
  luma: ArrayLike<number>,
  light: ArrayLike<number>,
  { top, bottom }: Pick<Strip, "top" | "bottom">,
  { denoise, edges, contrast, threshold }: ReflectanceSettings,
): Steps<Float64Array> {
  const [east, south] = couplingsOf(luma, width, (step) => denoise / (Math.abs(step) + epsilon) + edges);
  const steepen = (step: number) => (Math.abs(step) >= threshold / 255 ? contrast * step : 0);
  const pull = transposeDifferences(
    differences(luma, width, "east", "none").map(steepen),
    differences(luma, width, "south", "none").map(steepen),
    width,
  );
  const first = top * width * channels + channel;
  const divided = Float64Array.from(luma, (_, i) => samples[first + i * channels] / atLeastDark(light[i]));
  const b = divided.map((value, i) => value + edges * pull[i]);
  return yield* solveCoupled({ width, height: bottom - top, east, south }, b, divided, tolerance);
}

function atLeastDark(light: number): number {
  return Math.max(light, darkestLight);
}

/** Couplings to the right and downwards by the differences of a map; none over the border. */
function couplingsOf(
  values: ArrayLike<number>,
  width: number,
  couplingOf: (step: number) => number,
): readonly [east: Float64Array, south: Float64Array] {
  const east = differences(values, width, "east", "none").map(couplingOf);
  const south = differences(values, width, "south", "none").map(couplingOf);
  for (let i = width - 1; i < east.length; i += width) east[i] = 0;
  south.fill(0, south.length - width);
  return [east, south];
}
