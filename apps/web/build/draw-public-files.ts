import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodePhoto, encodePhoto, openEnhancer } from "@kindling/node";
import sharp from "sharp";

const resolve = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** Photos that the page offers to try (`src/parts/samples.ts`), and the one that it shows at first. */
const sampleFiles = ["street-after-rain.jpg", "desk-by-the-window.jpg", "lantern-lane.jpg"];
const heroFile = "desk-by-the-window.jpg";
const iconSides = [180, 192, 512];

/** Networks that the page offers: fast enough for browsers, or good enough to wait for. */
const browserNetworks = ["ember", "kind"];

/** Makes the page's icons, samples and trained networks from other files of the repository. */
export async function drawPublicFiles(): Promise<void> {
  await Promise.all([drawSamples(), drawIcons(), copyModels()]);
}

/** Size of a small picture of a sample, and of the one on the page before a photo is open (px). */
const [smallSize, heroSize] = [
  [480, 320],
  [900, 506],
] as const;

/** Copies the samples, and draws them before and after, as the page itself would light them. */
async function drawSamples(): Promise<void> {
  const folder = resolve("generated/samples");
  await mkdir(folder, { recursive: true });
  const enhancer = await openEnhancer();
  for (const file of sampleFiles) {
    const path = resolve(`../../examples/photos/${file}`);
    const bytes = await readFile(path);
    await writeFile(join(folder, file), bytes);
    const scene = await enhancer.analyse(await decodePhoto(bytes, { name: file }));
    const lit = await encodePhoto(await scene.relight(), { format: "png" });
    for (const [part, picture] of Object.entries({ before: bytes, after: lit.bytes })) {
      await drawSmall(picture, smallSize, join(folder, `${part}-${file.replace(".jpg", ".webp")}`));
      if (file === heroFile) await drawSmall(picture, heroSize, join(folder, `${part}-hero.webp`));
    }
  }
}

async function drawSmall(picture: Uint8Array, [width, height]: readonly [number, number], path: string): Promise<void> {
  await sharp(picture).autoOrient().resize(width, height, { fit: "cover" }).webp({ quality: 76 }).toFile(path);
}

async function drawIcons(): Promise<void> {
  for (const side of iconSides) {
    await sharp(resolve("public/icon.svg"), { density: 600 })
      .resize(side)
      .png()
      .toFile(resolve(`public/icon-${side}.png`));
  }
}

async function copyModels(): Promise<void> {
  const to = resolve("public/models");
  const wanted = (await Promise.all(["../../models", "../../models/research"].map(readIndex))).flat();
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  const models = wanted.map(({ name }) => name);
  await writeFile(join(to, "index.json"), `${JSON.stringify({ format: 1, models })}\n`);
  for (const { from, name } of wanted) {
    const [network = "", tag = ""] = name.split(/\.(.*)/);
    const manifest = await readFile(join(from, network, `${tag}.json`), "utf8");
    const { parts } = JSON.parse(manifest) as { parts: Record<string, { file: string }> };
    await mkdir(join(to, network), { recursive: true });
    await writeFile(join(to, network, `${tag}.json`), manifest);
    for (const { file } of Object.values(parts)) await copyFile(join(from, network, file), join(to, network, file));
  }
}

/** The models of a folder that the page offers. */
async function readIndex(folder: string): Promise<{ from: string; name: string }[]> {
  const from = resolve(folder);
  const { models } = JSON.parse(await readFile(join(from, "index.json"), "utf8")) as { models: string[] };
  const wanted = models.filter((name) => browserNetworks.some((network) => name.startsWith(`${network}.`)));
  return wanted.map((name) => ({ from, name }));
}
