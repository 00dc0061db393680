/**
 * CLAHE beside that of sharp on a photo of 24 megapixels, and a Gaussian blur by its sigma.
 *
 * Run: npx tsx bench/classical.ts [megapixels]. Prints Markdown. Every row is a process of its own, so that its peak
 * memory is its own; decoding and encoding by sharp are timed apart. `npm run bench` measures all methods as whole commands.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPlane, findMethod, finish } from "@kindling/core";
import sharp from "sharp";
import { gaussianBlur } from "../packages/core/src/image/gaussian-blur.ts";

interface Measured {
  readonly decodeS: number;
  readonly enhanceS: number;
  readonly encodeS: number;
  readonly peakMB: number;
}

const [task, file, name] = process.argv.slice(2);
if (task === "method" && file && name) console.log(JSON.stringify(await measureMethod(file, name)));
else if (task === "sharp" && file) console.log(JSON.stringify(await measureSharp(file)));
else if (task === "blur" && file && name) console.log(JSON.stringify(await measureBlur(file, Number(name))));
else await printTables(Number(task ?? 24));

async function printTables(megapixels: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kindling-bench-"));
  try {
    const width = Math.round(Math.sqrt(megapixels * 1.5e6));
    const height = Math.round((megapixels * 1e6) / width);
    const photo = join(folder, "photo.jpg");
    await writePhoto(photo, width, height);
    console.log(`Photo: ${width} x ${height}, JPEG; Node ${process.version}, ${process.arch}.\n`);
    console.log("| method | decode s | enhance s | encode s | peak memory MB |");
    console.log("| --- | --- | --- | --- | --- |");
    printRow("clahe", inChild("method", photo, "clahe"));
    printRow("clahe of sharp (libvips)", inChild("sharp", photo));
    console.log("\n| Gaussian blur, sigma px | one plane s | times sigma 3 |");
    console.log("| --- | --- | --- |");
    const seconds = [3, 15, 80, 250].map((sigma) => [sigma, inChild("blur", photo, String(sigma)).enhanceS] as const);
    for (const [sigma, s] of seconds) console.log(`| ${sigma} | ${s.toFixed(2)} | ${(s / seconds[0][1]).toFixed(2)} |`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function printRow(label: string, { decodeS, enhanceS, encodeS, peakMB }: Measured): void {
  const figures = [decodeS.toFixed(2), enhanceS.toFixed(2), encodeS.toFixed(2), peakMB.toFixed(0)];
  console.log(`| ${label} | ${figures.join(" | ")} |`);
}

function inChild(...args: string[]): Measured {
  const output = execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), ...args]);
  return JSON.parse(String(output)) as Measured;
}

/** A dim scene: a lamp's light falling off over walls of different paint, and a camera's noise. */
async function writePhoto(path: string, width: number, height: number): Promise<void> {
  const bytes = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = x / width;
      const v = y / height;
      const light = 0.03 + 0.5 / (1 + 60 * ((u - 0.6) ** 2 + (v - 0.3) ** 2));
      const paint = (Math.floor(u * 12) + Math.floor(v * 8)) % 2 ? 0.9 : 0.45;
      const detail = 1 + 0.1 * Math.sin(x / 5) * Math.sin(y / 7);
      for (let c = 0; c < 3; c++, i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        bytes[i] = Math.max(0, Math.min(255, 255 * light * paint * detail * (1 - 0.15 * c) + state / 2 ** 29 - 4));
      }
    }
  }
  await sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toFile(path);
}

async function timed<T>(work: () => Promise<T> | T): Promise<[T, number]> {
  const begin = performance.now();
  const result = await work();
  return [result, (performance.now() - begin) / 1000];
}

async function decode(path: string) {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  const samples = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) samples[i] = data[i] / 255;
  return { width: info.width, height: info.height, channels: 3 as const, samples };
}

async function measureMethod(path: string, method: string): Promise<Measured> {
  const [picture, decodeS] = await timed(() => decode(path));
  const [result, enhanceS] = await timed(() => finish(findMethod(method).enhance(picture, {}, { levels: 255 })));
  const [, encodeS] = await timed(async () => {
    const bytes = Buffer.alloc(result.samples.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = 255 * result.samples[i] + 0.5;
    const { width, height, channels } = result;
    return await sharp(bytes, { raw: { width, height, channels } }).jpeg({ quality: 90 }).toBuffer();
  });
  return { decodeS, enhanceS, encodeS, peakMB: peakMB() };
}

async function measureSharp(path: string): Promise<Measured> {
  const [{ data, info }, decodeS] = await timed(() => sharp(path).raw().toBuffer({ resolveWithObject: true }));
  const raw = { width: info.width, height: info.height, channels: 3 as const };
  const tile = { width: Math.round(info.width / 8), height: Math.round(info.height / 8), maxSlope: 2 };
  const [equalised, enhanceS] = await timed(() => sharp(data, { raw }).clahe(tile).raw().toBuffer());
  const [, encodeS] = await timed(() => sharp(equalised, { raw }).jpeg({ quality: 90 }).toBuffer());
  return { decodeS, enhanceS, encodeS, peakMB: peakMB() };
}

async function measureBlur(path: string, sigma: number): Promise<Measured> {
  const { width, height, samples } = await decode(path);
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.values.length; i++) plane.values[i] = samples[3 * i];
  const [, enhanceS] = await timed(() => finish(gaussianBlur(plane, sigma)));
  return { decodeS: 0, enhanceS, encodeS: 0, peakMB: peakMB() };
}

function peakMB(): number {
  return process.resourceUsage().maxRSS / 1024;
}
