/**
 * Groups pairs into scenes: pairs that share a picture belong to one scene.
 *
 * @param pairs of two different pictures, by their numbers.
 * @returns the pictures of each scene, in the order in which they first came.
 */
export function groupExposures(pairs: Iterable<readonly [number, number]>): number[][] {
  const groupOf = new Map<number, Set<number>>();
  for (const [a, b] of pairs) {
    const merged = groupOf.get(a) ?? new Set([a]);
    for (const image of groupOf.get(b) ?? [b]) merged.add(image);
    for (const image of merged) groupOf.set(image, merged);
  }
  return [...new Set(groupOf.values())].map((group) => [...group]);
}
