import { leastTilePx, type Tiling, upTo } from "../tiling/plan-tiles.ts";
import { type ModelManifest, type ModelPart, tilingOf } from "./model-store.ts";
import type { NetworkMethod } from "./network-method.ts";

/**
 * Memory in bytes in which a network enhances any photo: that of the smallest tiles of its parts. Parts that look at the
 * whole picture need memory by its size, which is not counted.
 */
export function leastMemoryBytes({ bytesPerPixel }: NetworkMethod, { parts }: Pick<ModelManifest, "parts">): number {
  const tilings = Object.entries(parts).flatMap(([name, part]: [string, ModelPart]) => {
    const tiling = tilingOf(part);
    return tiling ? [{ name, tiling }] : [];
  });
  const bytesOf = (name: string, tiling: Tiling) => leastTilePx(tiling) ** 2 * (bytesPerPixel[name] ?? 0);
  if (bytesPerPixel["chain"] === undefined) {
    return Math.max(0, ...tilings.map(({ name, tiling }) => bytesOf(name, tiling)));
  }
  // As `runChain` has it: all parts begin at the grid of the coarsest, and a large tile has the halos of all.
  const alignmentPx = Math.max(1, ...tilings.map(({ tiling }) => tiling.alignmentPx));
  const aligned = tilings.map(({ name, tiling }) => ({ name, haloPx: upTo(tiling.haloPx, alignmentPx) }));
  const chain = { name: "chain", haloPx: aligned.reduce((sum, { haloPx }) => sum + haloPx, 0) };
  return Math.max(...[...aligned, chain].map(({ name, haloPx }) => bytesOf(name, { haloPx, alignmentPx })));
}
