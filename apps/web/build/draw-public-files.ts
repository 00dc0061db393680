import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const own = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const sampleNames = ["street-after-rain", "desk-by-the-window", "lantern-lane"];
const iconSides = [180, 192, 512];

/** Networks that are made for browsers, or good enough to be worth a wait. */
const browserNetworks = ["ember", "kind"];

/** Makes the files of the page that come from elsewhere in the repository: icons, samples and trained networks. */
export async function drawPublicFiles(): Promise<void> {
  await Promise.all([drawSamples(), drawIcons(), copyModels()]);
}

async function drawSamples(): Promise<void> {
  const samples = own("public/samples");
  await mkdir(samples, { recursive: true });
  for (const name of sampleNames) {
    const photo = own(`../../examples/photos/${name}.jpg`);
    await copyFile(photo, join(samples, `${name}.jpg`));
    await sharp(photo)
      .autoOrient()
      .resize(480, 320, { fit: "cover" })
      .webp({ quality: 78 })
      .toFile(join(samples, `small-${name}.webp`));
  }
}

async function drawIcons(): Promise<void> {
  for (const side of iconSides) {
    await sharp(own("public/icon.svg"), { density: 600 })
      .resize(side)
      .png()
      .toFile(own(`public/icon-${side}.png`));
  }
}

async function copyModels(): Promise<void> {
  const from = own("../../models");
  const to = own("public/models");
  const { models } = JSON.parse(await readFile(join(from, "index.json"), "utf8")) as { models: string[] };
  const wanted = models.filter((name) => browserNetworks.some((network) => name.startsWith(`${network}.`)));
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await writeFile(join(to, "index.json"), `${JSON.stringify({ format: 1, models: wanted })}\n`);
  for (const name of wanted) {
    const [network = "", tag = ""] = name.split(/\.(.*)/);
    const manifest = await readFile(join(from, network, `${tag}.json`), "utf8");
    const { parts } = JSON.parse(manifest) as { parts: Record<string, { file: string }> };
    await mkdir(join(to, network), { recursive: true });
    await writeFile(join(to, network, `${tag}.json`), manifest);
    for (const { file } of Object.values(parts)) await copyFile(join(from, network, file), join(to, network, file));
  }
}
