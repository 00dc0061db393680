import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Picture, writePhoto } from "@kindling/node";
import { samplePicture } from "./sample-photo.ts";

/** Writes a plain PNG of a picture. */
export async function writePng(path: string, picture: Picture): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await writePhoto({ picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] }, path);
}

/** A sample picture and its dark version, each different from those of other seeds. */
export function samplePair(seed: number, width = 60, height = 44): { low: Picture; normal: Picture } {
  const base = samplePicture(width, height, 3, 8);
  const normal = { ...base, samples: base.samples.map((sample, i) => Math.min(1, sample + ((i * seed) % 7) / 40)) };
  return { normal, low: { ...normal, samples: normal.samples.map((sample) => sample * 0.15) } };
}

/** Writes pairs as `low/` and `normal/` with equal names, and `split.csv` that counts the last to val. */
export async function writePairs(folder: string, names: readonly string[]): Promise<void> {
  for (const [seed, name] of names.entries()) {
    const { low, normal } = samplePair(seed + 1);
    await writePng(join(folder, "low", `${name}.png`), low);
    await writePng(join(folder, "normal", `${name}.png`), normal);
  }
  const rows = names.map((name, i) => `${name},${i === names.length - 1 ? "val" : "train"}`);
  writeFileSync(join(folder, "split.csv"), `id,split\n${rows.join("\n")}\n`);
}
