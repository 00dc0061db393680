import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { openEnhancer, readPhoto } from "@kindling/node";
import { listPhotos } from "@kindling/node/lab";
import { type PairsLayout, startPairs } from "./draw-pairs.ts";
import { enhanceAtAuto } from "./enhance-at-auto.ts";
import { summarise } from "./measure-scene.ts";

/** What to draw and where. */
export interface DrawSheetOptions extends PairsLayout {
  readonly method: string | undefined;
  /** Photos, and folders of photos. */
  readonly photos: readonly string[];
  /** The picture to write; its format follows the ending. */
  readonly file: string;
}

/** Lights photos automatically, draws them before and after on one sheet, and prints figures of each. */
export async function drawSheet({ method, photos, file, ...layout }: DrawSheetOptions): Promise<void> {
  const enhancer = await openEnhancer({ method });
  const pairs = startPairs(layout);
  for (const path of (await Promise.all(photos.map(photosAt))).flat()) {
    const before = (await readPhoto(path)).picture;
    const after = await enhanceAtAuto(enhancer, before);
    const { meanBefore, meanAfter, brightness, clipped } = summarise(before, after);
    const figures = `${meanBefore.toFixed(0)} to ${meanAfter.toFixed(0)}, x${brightness.toFixed(1)}, clipped ${clipped.toFixed(2)} %`;
    console.log(`${basename(path)}: ${figures}`);
    await pairs.add({ before, after, label: `${basename(path)}: ${figures}` });
  }
  await enhancer.close();
  await (await pairs.draw()).toFile(file);
}

async function photosAt(path: string): Promise<readonly string[]> {
  return (await stat(path)).isDirectory() ? listPhotos(path) : [path];
}
