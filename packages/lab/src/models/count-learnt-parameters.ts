import type { Graph } from "@kindling/nets";

/** Counts the trained numbers of several graphs together; parameters that graphs share count once. */
export function countLearntParameters(graphs: readonly Graph[]): number {
  const sizes = new Map<string, number>();
  for (const { path, shape, learnt } of graphs.flatMap(({ parameters }) => parameters)) {
    if (!learnt) continue;
    sizes.set(
      path,
      shape.reduce((product, side) => product * side, 1),
    );
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
