import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { samples } from "../src/parts/samples.ts";

const resolve = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const iconSides = [180, 192, 512];

/** Networks that the page offers: fast enough for browsers, or good enough to wait for. */
const browserNetworks = ["ember", "kind"];

/** Makes the page's icons, samples and trained networks from other files of the repository. */
export async function drawPublicFiles(): Promise<void> {
  await Promise.all([drawSamples(), drawIcons(), copyModels()]);
}

async function drawSamples(): Promise<void> {
  const folder = resolve("public/samples");
  await mkdir(folder, { recursive: true });
  for (const { file } of samples) {
    const photo = resolve(`../../examples/photos/${file}`);
    await copyFile(photo, join(folder, file));
    await sharp(photo)
      .autoOrient()
      .resize(480, 320, { fit: "cover" })
      .webp({ quality: 78 })
      .toFile(join(folder, `small-${file.replace(".jpg", ".webp")}`));
  }
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
