import { type Steps, within } from "../flow/steps.ts";
import { colourChannels, copyPicture, type Picture, type Plane } from "../image/picture.ts";
import { rangeShare } from "../image/range-share.ts";
import { overRows } from "../image/row-blocks.ts";
import { brightPass } from "./bright-pass.ts";
import { brightestChannel } from "./brightest-channel.ts";
import { defineMethod } from "./define-method.ts";
import { naturalCurve } from "./natural-curve.ts";
import { megapixelsOption, onSmallCopy } from "./on-small-copy.ts";
import { scaleColours } from "./scale-colours.ts";

/** Share of the pixels below which a level counts as too dark to be told from its neighbours. */
const darkShare = 0.1;
/** The least that level can be, of 255. */
const leastDark = 10;

/**
 * NPE, naturalness preserved enhancement: the light at each place, taken from its brighter surroundings, is divided out and
 * comes back through a tone curve that is steep where the eye sees small differences: out = in / L * m(L).
 *
 * In levels of 0 to 255: the picture is scaled to a maximum of 255; G is its brightest channel, raised to the level that a
 * tenth of the pixels lies below; L = `brightPass` of G; m(i) = m(i-1) + steepness J(m(i-1)) / J(i) from m(0) = `darkest`,
 * with J the just noticeable difference (`naturalCurve`). Each channel of the result is cut at `spread` deviations around its mean, and all
 * are stretched together to 0 to 255.
 *
 * Source: Wang, Zheng, Hu, Li 2013, as in the authors' program, whose results a picture of 8 bits gives byte for byte (but for ties). The
 * program departs from the paper: the tone curve takes the place of the bi-log transformation, and see `brightPass`. Ours:
 * with 16 bits, levels and the curve are not rounded; frames that show nothing are not stretched (`rangeShare`). A picture of more pixels than `megapixels` has L worked out on
 * an area-reduced copy and brought up by the guided filter; the windows are meant for pictures of about that size.
 */
export const npe = defineMethod({
  name: "npe",
  title: "NPE: naturalness preserved enhancement",
  about:
    "Lights everything to mid grey or more and keeps what is brighter brighter: natural light, pale darks, much noise.",
  paper: {
    title: "Naturalness Preserved Enhancement Algorithm for Non-Uniform Illumination Images",
    authors: "S. Wang, J. Zheng, H.-M. Hu, B. Li",
    year: 2013,
    venue: "IEEE Transactions on Image Processing, 22(9)",
    id: "10.1109/TIP.2013.2261309",
  },
  options: {
    darkest: { default: 127, min: 0, max: 254, about: "Level that the darkest light is brought to, of 255." },
    steepness: { default: 0.63, min: 0, max: 2, about: "How much of the light's range is kept: 0 evens it out." },
    spread: {
      default: 3,
      min: 0.5,
      max: 10,
      about: "Where each colour is cut, in standard deviations around its mean: less gives more contrast.",
    },
    megapixels: megapixelsOption(0.4, 4),
  },
  *enhance(picture, { darkest, steepness, spread, megapixels }, { levels }) {
    const brightest = yield* within(0, 0.05, brightestChannel(picture));
    const peak = maximum(brightest);
    if (peak === 0) return copyPicture(picture);
    // Whole levels with 8 bits, as the program has them.
    const grain = levels === 255 ? 1 : 256;
    const scale = 255 / peak;
    const light = toLevels(brightest, peak, grain, levels);
    yield* within(
      0.05,
      0.7,
      onSmallCopy(light, megapixels, function* (map) {
        return (yield* brightPass(roundTo(map, grain))).values;
      }),
    );
    const curve = naturalCurve(darkest, steepness);
    const gainAt = (i: number) => {
      const level = Math.min(Math.max(light.values[i], 1), 256);
      return (scale * curve(levels === 255 ? Math.round(level) : level)) / (255 * level);
    };
    const result = yield* within(0.7, 0.85, scaleColours(picture, gainAt, Number.POSITIVE_INFINITY));
    yield* within(0.85, 1, cutAndStretch(result, spread, rangeShare(picture)));
    return result;
  },
});

function maximum({ values }: Plane): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]);
  return most;
}

/** G: the map scaled to levels, none below the one that a tenth of the pixels does not exceed. */
function toLevels({ width, height, values }: Plane, peak: number, grain: number, fileLevels: number): Plane {
  // From the file's own whole numbers: a quotient of floats may lie on the wrong side of a half.
  const wholePeak = Math.max(1, Math.round(peak * fileLevels));
  const levels = values.map((value) => (255 * Math.round(value * fileLevels)) / wholePeak);
  const histogram = new Uint32Array(256);
  for (let i = 0; i < levels.length; i++) histogram[Math.round(levels[i])]++;
  let dark = 0;
  for (let count = histogram[0]; count < darkShare * values.length; count += histogram[++dark]);
  const least = Math.max(dark + 1, leastDark);
  return roundTo({ width, height, values: levels.map((level) => Math.max(level, least)) }, grain);
}

function roundTo(plane: Plane, grain: number): Plane {
  return { ...plane, values: plane.values.map((value) => Math.min(255, Math.round(value * grain) / grain)) };
}

/**
 * Cuts each channel at so many deviations around its mean, then stretches all together to 0..1, in place.
 *
 * @param share of the stretch that is applied, 0 to 1.
 */
function* cutAndStretch(picture: Picture, spread: number, share: number): Steps<void> {
  const { width, height, channels, samples } = picture;
  const colours = colourChannels(picture);
  const pixels = width * height;
  let [darkest, brightest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const ends: (readonly [number, number])[] = [];
  for (let c = 0; c < colours; c++) {
    let [sum, least, most] = [0, Number.POSITIVE_INFINITY, 0];
    for (let p = c; p < samples.length; p += channels) {
      sum += samples[p];
      least = Math.min(least, samples[p]);
      most = Math.max(most, samples[p]);
    }
    const mean = sum / pixels;
    let squares = 0;
    for (let p = c; p < samples.length; p += channels) squares += (samples[p] - mean) ** 2;
    const reach = spread * Math.sqrt(squares / pixels);
    ends.push([mean - reach, mean + reach]);
    darkest = Math.min(darkest, Math.max(least, mean - reach));
    brightest = Math.max(brightest, Math.min(most, mean + reach));
    yield (0.5 * (c + 1)) / colours;
  }
  const stretched = (cut: number) => (brightest > darkest ? (cut - darkest) / (brightest - darkest) : cut);
  yield* within(
    0.5,
    1,
    overRows(height, width, (from, to) => {
      for (let i = from * width * channels; i < to * width * channels; i += channels) {
        for (let c = 0; c < colours; c++) {
          const cut = Math.min(Math.max(samples[i + c], ends[c][0]), ends[c][1]);
          samples[i + c] = Math.min(Math.max(share * stretched(cut) + (1 - share) * cut, 0), 1);
        }
      }
    }),
  );
}
