/** The position from 0 to `count - 1` that one outside is brought to by mirroring with the border pixel repeated. */
export function symmetricIndex(position: number, count: number): number {
  const within = ((position % (2 * count)) + 2 * count) % (2 * count);
  return within < count ? within : 2 * count - 1 - within;
}
