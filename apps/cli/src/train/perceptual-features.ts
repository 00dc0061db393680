import { readFile } from "node:fs/promises";
import { decodeOnnx, type Features, featuresOf, squeezeNetGraph, squeezeNetWeights } from "@kindling/nets";
import { KindlingError, readCheckpoint } from "@kindling/node";
import type { TrainOptions } from "../commands/train-options.ts";

/**
 * What the network of `--perceptual` sees in a picture; nothing where none was given.
 *
 * @throws {KindlingError} `not-found`; `invalid-model`; `invalid-option` where it has no such layer.
 */
export async function perceptualFeatures(options: TrainOptions): Promise<Features | undefined> {
  const { perceptual, perceptualLayer } = options;
  if (perceptual === undefined) return undefined;
  if (isSqueezeNet(perceptual)) {
    return featuresOf(
      squeezeNetGraph(),
      squeezeNetWeights(await readCheckpoint(perceptual)),
      perceptualLayer ?? "fire5",
    );
  }
  const bytes = await readFile(perceptual).catch((cause) => {
    throw new KindlingError("not-found", `--perceptual ${perceptual}: this file cannot be read.`, { cause });
  });
  const { graph, weights } = decodeOnnx(bytes, perceptual);
  return featuresOf(graph, weights, perceptualLayer ?? "");
}

/** Whether a file of `--perceptual` holds SqueezeNet's weights instead of a network of its own. */
export function isSqueezeNet(path: string): boolean {
  return path.endsWith(".safetensors");
}
