import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { openEnhancer, readPhoto } from "@kindling/node";
import { listPhotos } from "@kindling/node/lab";
import { arrangePairs } from "./arrange-pairs.ts";
import { drawPair } from "./draw-pair.ts";
import { enhanceAtAuto } from "./enhance-at-auto.ts";
import { summarise } from "./measure-scene.ts";

/** What to draw and where. */
export interface DrawSheetOptions {
  readonly method: string | undefined;
  /** Photos, and folders of photos. */
  readonly photos: readonly string[];
  /** The picture to write; its format follows the ending. */
  readonly file: string;
  /** Pairs side by side. */
  readonly columns: number;
  /** Width of one picture in pixels. */
  readonly tile: number;
}

/** Lights photos automatically, draws them before and after on one sheet, and prints figures of each. */
export async function drawSheet({ method, photos, file, columns, tile }: DrawSheetOptions): Promise<void> {
  const enhancer = await openEnhancer({ method });
  const pairs: Buffer[] = [];
  for (const path of (await Promise.all(photos.map(photosAt))).flat()) {
    const before = (await readPhoto(path)).picture;
    const after = await enhanceAtAuto(enhancer, before);
    const { meanBefore, meanAfter, brightness, clipped } = summarise(before, after);
    const figures = `${meanBefore.toFixed(0)} to ${meanAfter.toFixed(0)}, x${brightness.toFixed(1)}, clipped ${clipped.toFixed(2)} %`;
    console.log(`${basename(path)}: ${figures}`);
    pairs.push(await drawPair({ before, after, label: `${basename(path)}: ${figures}` }, tile));
  }
  await enhancer.close();
  await (await arrangePairs(pairs, columns)).toFile(file);
}

async function photosAt(path: string): Promise<readonly string[]> {
  return (await stat(path)).isDirectory() ? listPhotos(path) : [path];
}
