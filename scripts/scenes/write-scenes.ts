import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openEnhancer } from "@kindling/node";
import sharp from "sharp";
import { writePage } from "../write-page.ts";
import { drawPair } from "./draw-pair.ts";
import { drawnScenes } from "./drawn-scenes.ts";
import { enhanceAtAuto } from "./enhance-at-auto.ts";
import { measureScene, summarise } from "./measure-scene.ts";
import { photoScenes } from "./photo-scenes.ts";
import { limitOf, type SceneResult, writeScenesPage } from "./scenes-page.ts";

/** What to write and where. */
export interface WriteScenesOptions {
  readonly method: string | undefined;
  /** Folder of the page; its pictures go into `scenes/` there. */
  readonly folder: string;
  /** Command that the page names as its own. */
  readonly command: string;
}

/** Lights every scene, writes `SCENES.md` and its pictures, and prints the figures. */
export async function writeScenes({ method, folder, command }: WriteScenesOptions): Promise<void> {
  await mkdir(join(folder, "scenes"), { recursive: true });
  const enhancer = await openEnhancer({ method });
  const results: SceneResult[] = [];
  for (const scene of [...drawnScenes, ...photoScenes]) {
    const before = await scene.open();
    const after = await enhanceAtAuto(enhancer, before);
    const pair = sharp(await drawPair({ before, after }, 400));
    await pair.webp({ quality: 80 }).toFile(join(folder, "scenes", `${scene.name}.webp`));
    const findings = measureScene(scene.checks, before, after);
    results.push({ scene, summary: summarise(before, after), findings });
    for (const { check, value, holds } of findings) {
      console.log(`${holds ? "kept" : "NOT "}  ${scene.name}: ${check.name} ${value.toFixed(2)} (${limitOf(check)})`);
    }
  }
  await enhancer.close();
  writePage(join(folder, "SCENES.md"), writeScenesPage(results, { command, method: enhancer.method }));
}
