/** Seconds after which a rate is shown in any case. */
const longStart = 10;

/**
 * The photos a second that have been done, undefined while that does not show how long the rest takes: in what is done at
 * first the start counts, which takes longer.
 *
 * @param photos done, parts of photos included.
 * @param total of photos.
 */
export function rateOf(photos: number, total: number, seconds: number): number | undefined {
  const isTelling = photos >= 1 || photos >= 0.2 * total || seconds >= longStart;
  return photos > 0 && isTelling ? photos / seconds : undefined;
}
