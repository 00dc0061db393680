import { blueDifference, blueOf, greenOf, lumaOf, redDifference, redOf } from "../colour/ycrcb.ts";
import type { Steps } from "../flow/steps.ts";
import { within } from "../flow/steps.ts";
import { copyAlpha, createPicture, type Picture } from "../image/picture.ts";
import { roundHalfEven } from "../image/round-half-even.ts";
import { overRows } from "../image/row-blocks.ts";
import { defineMethod } from "./define-method.ts";
import { equalisationTable } from "./equalisation-table.ts";
import type { MethodContext } from "./method.ts";

/**
 * Histogram equalisation of the luma: one tone curve that uses every level equally often.
 *
 * RGB goes through OpenCV's fixed-point YCrCb at the file's own number of levels and only Y changes, byte for byte as
 * `equalizeHist` does with 255 levels; a grey picture is equalised itself. A picture of a single tone stays as it is.
 *
 * Source: Hall 1974, as implemented by OpenCV. Departure: the luma of colour pictures, not each channel.
 */
export const he = defineMethod({
  name: "he",
  title: "Histogram equalisation",
  about: "One strong tone curve for the whole picture, no settings. Very fast; noise and clipped lights are common.",
  paper: {
    title: "Almost uniform distributions for computer image enhancement",
    authors: "E. L. Hall",
    year: 1974,
    venue: "IEEE Transactions on Computers, C-23(2)",
    id: "10.1109/T-C.1974.223892",
  },
  options: {},
  enhance: (picture, _settings, context) => equaliseLuma(picture, context),
});

function* equaliseLuma(picture: Picture, { levels }: MethodContext): Steps<Picture> {
  const { width, height, channels, samples } = picture;
  const isGrey = channels <= 2;
  const level = (index: number) => (samples[index] * levels + 0.5) | 0;
  const lumaAt = isGrey ? level : (index: number) => lumaOf(level(index), level(index + 1), level(index + 2));

  const histogram = new Uint32Array(levels + 1);
  yield* within(
    0,
    0.4,
    overRows(height, width, (from, to) => {
      const end = to * width * channels;
      for (let p = from * width * channels; p < end; p += channels) histogram[lumaAt(p)]++;
    }),
  );
  const table = equalisationTable(histogram).map(roundHalfEven);

  const result = createPicture(width, height, channels);
  const out = result.samples;
  yield* within(
    0.4,
    1,
    overRows(height, width, (from, to) => {
      const end = to * width * channels;
      for (let p = from * width * channels; p < end; p += channels) {
        const luma = lumaAt(p);
        const equalised = table[luma];
        if (isGrey) {
          out[p] = equalised / levels;
        } else {
          const cr = redDifference(level(p), luma, levels);
          const cb = blueDifference(level(p + 2), luma, levels);
          out[p] = redOf(equalised, cr, levels) / levels;
          out[p + 1] = greenOf(equalised, cr, cb, levels) / levels;
          out[p + 2] = blueOf(equalised, cb, levels) / levels;
        }
      }
      copyAlpha(picture, result, from * width, to * width);
    }),
  );
  return result;
}
