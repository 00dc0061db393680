import { readFile } from "node:fs/promises";
import { KindlingError } from "@kindling/core";
import { isSqueezeNet } from "@kindling/lab/internal";
import { decodeOnnx, type Features, featuresOf } from "@kindling/nets";
import { squeezeNetGraph, squeezeNetWeights } from "@kindling/nets/internal";
import { readCheckpoint } from "../checkpoints/read-checkpoint.ts";

/**
 * Reads a network whose features a perceptual loss compares.
 *
 * @param path SqueezeNet's weights (`.safetensors`), or an ONNX file.
 * @param layer the output or tensor to compare; default `fire5` for SqueezeNet.
 * @throws {KindlingError} `not-found`; `invalid-model`; `invalid-option` where it has no such layer.
 * @example
 * import { train } from "@kindling/lab";
 * const features = await readPerceptualFeatures("squeezenet.safetensors", "fire5");
 * await train(plan, { store, photos: diskPhotos, runtime, features });
 */
export async function readPerceptualFeatures(path: string, layer: string | undefined): Promise<Features> {
  if (isSqueezeNet(path)) {
    return featuresOf(squeezeNetGraph(), squeezeNetWeights(await readCheckpoint(path)), layer ?? "fire5");
  }
  const bytes = await readFile(path).catch((cause) => {
    throw new KindlingError("not-found", `--perceptual ${path}: this file cannot be read.`, { cause });
  });
  const { graph, weights } = decodeOnnx(bytes, path);
  return featuresOf(graph, weights, layer ?? "");
}
