import { KindlingError } from "@kindling/core";
import { countMacs, decodeOnnx } from "@kindling/nets";
import { factsOfMethod } from "../../enhance/facts-of-method.ts";
import { openModelStore } from "../../models/open-model-store.ts";
import type { SpeedJob } from "./speed-row.ts";

/**
 * Counts the multiply-accumulates of all parts of a network for one picture. Undefined for classical methods, and for
 * files in which they cannot be counted (8-bit weights).
 */
export async function countNetworkMacs({
  method,
  width,
  height,
  models,
}: Pick<SpeedJob, "method" | "width" | "height" | "models">): Promise<number | undefined> {
  const { made } = factsOfMethod(method);
  if (made.by === "formula") return undefined;
  const store = openModelStore(models);
  const manifest = await store.manifest(made.method.name, made.tag);
  try {
    let macs = 0;
    for (const [part, { file }] of Object.entries(manifest.parts)) {
      const { graph } = decodeOnnx(await store.load(manifest, part), file);
      macs += countMacs(graph, { batch: 1, height, width });
    }
    return macs;
  } catch (error) {
    if (error instanceof KindlingError && error.code === "invalid-model") return undefined;
    throw error;
  }
}
