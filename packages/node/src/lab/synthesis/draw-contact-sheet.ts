import { drawDarkShot } from "@kindling/lab";
import { changeExposure } from "@kindling/lab/internal";
import { contactSheet, pictureTile } from "../../photo/contact-sheet.ts";
import { readPhoto } from "../../photo/photo-file.ts";
import { commitFile, stageFile } from "../../photo/write-file.ts";
import type { PairTreatment, PlannedPair } from "./dark-pair.ts";

const tile = { width: 270, height: 180 };

/** Pairs in a row of the sheet. */
const pairsPerRow = 2;

/**
 * Draws a contact sheet of `count` pairs, evenly spread: the good photo, its dark version, and the dark version with its
 * exposure undone in linear light, which shows noise, colour cast and vignetting.
 */
export async function drawContactSheet(
  path: string,
  pairs: readonly PlannedPair[],
  count: number,
  { ranges, seed }: PairTreatment,
): Promise<void> {
  const shown = Math.min(count, pairs.length);
  const rows: Uint8Array[][] = [];
  for (let i = 0; i < shown; i++) {
    const pair = pairs[Math.floor((i * pairs.length) / shown)];
    if (!pair) continue;
    const good = await readPhoto(pair.companions[0]);
    const dark = await readPhoto(pair.output);
    const exposureEv = pair.subject === "photo" ? drawDarkShot(ranges, seed, pair.drawnFor).camera.exposureEv : 0;
    const pictures = [good.picture, dark.picture, changeExposure(dark.picture, -exposureEv)];
    const tiles = await Promise.all(pictures.map((picture) => pictureTile(picture, tile)));
    if (i % pairsPerRow === 0) rows.push(tiles);
    else rows.at(-1)?.push(...tiles);
  }
  if (rows.length > 0) await commitFile(await stageFile(path, await contactSheet(rows, tile)));
}
