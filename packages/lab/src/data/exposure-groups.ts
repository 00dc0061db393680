/**
 * Gathers pairs of pictures that share one into scenes: if a fits b and b fits c, then a fits c.
 *
 * @param pairs two different pictures each, by their number.
 * @returns the pictures of each scene, in the order in which they first came.
 */
export function exposureGroups(pairs: Iterable<readonly [number, number]>): number[][] {
  const groupOf = new Map<number, Set<number>>();
  for (const [a, b] of pairs) {
    const merged = groupOf.get(a) ?? new Set([a]);
    for (const image of groupOf.get(b) ?? [b]) merged.add(image);
    for (const image of merged) groupOf.set(image, merged);
  }
  return [...new Set(groupOf.values())].map((group) => [...group]);
}
