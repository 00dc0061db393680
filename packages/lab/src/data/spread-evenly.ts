/** Takes so many items of a list at most, spread evenly over it, from the first one on. */
export function spreadEvenly<Item>(items: readonly Item[], most: number): Item[] {
  const count = Math.min(most, items.length);
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
}
