// What the module exports: the steps of networks, on rows or rows of tiles of maps in its memory.
import { computeRow } from "./elementwise";
import { extendRow, readPlanes, repeatRow, writePlanes } from "./layout";
import { kernelOf } from "./records";
import { convolveWindows } from "./windows";
import { convolveTiles } from "./winograd";

export { windowScratch } from "./windows";
export { tilesOfUnit, winogradScratch } from "./winograd";

/**
 * Does one unit of a step, by the kernel's number (`kernels` of packages/nets/src/inference/records.ts): units do not depend on each other, so that threads share them.
 *
 * @param scratch memory of the thread's own.
 */
export function runUnit(step: usize, unit: i32, scratch: usize): void {
  const kernel = kernelOf(step);
  if (kernel === 0) convolveTiles(step, unit, scratch);
  else if (kernel === 1) convolveWindows(step, unit, scratch);
  else if (kernel === 2) computeRow(step, unit);
  else if (kernel === 3) repeatRow(step, unit);
  else if (kernel === 4) extendRow(step, unit);
  else if (kernel === 5) readPlanes(step, unit);
  else writePlanes(step, unit);
}
