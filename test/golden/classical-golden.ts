import { readFileSync } from "node:fs";
import type { ChannelCount, Picture } from "@kindling/core";
import { readSafetensors } from "@kindling/nets";
import sharp from "sharp";
import { sharedPath } from "../support/shared.ts";

/** The golden pictures of the classical methods. */
export const goldenNames = ["x", "y", "odd"] as const;

/** The folders of golden numbers of classical methods. */
type GoldenFolder = "classical" | "classical-more";

/** A PNG of `golden/classical`, or of another folder, as a picture. */
export async function goldenPicture(file: string, folder: GoldenFolder = "classical"): Promise<Picture> {
  const image = sharp(sharedPath("golden", folder, file));
  const { channels } = await image.metadata();
  const { data, info } = await (channels === 1 ? image.toColourspace("b-w") : image)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const samples = Float32Array.from(data, (value) => value / 255);
  return { width: info.width, height: info.height, channels: info.channels as ChannelCount, samples };
}

/** The values of one tensor of `golden/<folder>/<file>.safetensors`. */
export function goldenValues(file: string, tensor: string, folder: GoldenFolder = "classical"): ArrayLike<number> {
  const name = `${folder}/${file}.safetensors`;
  const found = readSafetensors(new Uint8Array(readFileSync(sharedPath("golden", name))), name).get(tensor);
  if (!found) throw new Error(`${name} has no tensor ${tensor}`);
  return found.values;
}

/** The samples of a picture as 8-bit levels, rounded as files store them. */
export function levelsOf({ samples }: Pick<Picture, "samples">): Uint8Array {
  return Uint8Array.from(samples, (value) => Math.floor(255 * value + 0.5));
}

/** Samples of one kind after the other (all red, all green, all blue), as the golden tensors have them. */
export function planar({ channels, samples }: Picture): Float32Array {
  const count = samples.length / channels;
  return samples.map((_, i) => samples[(i % count) * channels + Math.floor(i / count)]);
}

/** The largest difference of two lists of numbers of the same length. */
export function worstDifference(found: ArrayLike<number>, golden: ArrayLike<number>): number {
  if (found.length !== golden.length) throw new Error(`${found.length} values, golden ${golden.length}`);
  let worst = 0;
  for (let i = 0; i < found.length; i++) {
    const difference = Math.abs(found[i] - golden[i]);
    if (!(difference <= worst)) worst = difference;
  }
  return worst;
}
