import type { PhotoFormat, SampleDepth } from "@kindling/node";
import { endingOfFormat, formatOfPath, formatOfResult } from "@kindling/node/internal";

/**
 * The path of a result below the folder of results. A photo whose result has another format keeps its whole name and gets
 * an ending more, as in `night.cr2.jpg`: so no two photos of a folder have the same result, however many there are.
 */
export function resultPath(below: string, format: PhotoFormat | "keep", depth: SampleDepth | "keep"): string {
  const wanted = format === "keep" ? formatOfResult(below, depth) : format;
  return wanted === undefined || formatOfPath(below) === wanted ? below : below + endingOfFormat[wanted];
}
