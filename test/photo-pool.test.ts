import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openPhotoPool } from "@kindling/node";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { openWorkers } from "../packages/node/src/batch/workers.ts";
import { writeDarkPhoto } from "./support/dark-photo.ts";
import { scratchFolder } from "./support/run-kindling.ts";

async function darkPhoto(width = 60, height = 40): Promise<Buffer> {
  const path = join(scratchFolder(), "dark.png");
  await writeDarkPhoto(path, { width, height });
  return readFileSync(path);
}

test("photos of many methods come out as if each were alone, with networks opened and closed between them", async () => {
  const pool = await openPhotoPool({ workers: 1 });
  onTestFinished(() => pool.close());
  const photo = await darkPhoto();
  const enhance = async (method: string, settings = {}) =>
    Buffer.from((await pool.enhance(photo, { method, settings, format: "png" })).content);
  const first = await enhance("ember");
  expect((await enhance("kind", { alpha: 3 })).equals(await enhance("kind", { alpha: 5 }))).toBe(false);
  // The third network closes the first.
  await enhance("msr-net");
  await enhance("he");
  expect((await enhance("ember")).equals(first)).toBe(true);
});

test("a cancelled photo ends as such, and the pool goes on", async () => {
  const pool = await openPhotoPool({ workers: 1, graceMs: 60_000 });
  onTestFinished(() => pool.close());
  const stopping = new AbortController();
  const large = await darkPhoto(1600, 1200);
  const running = pool.enhance(
    large,
    { method: "jed" },
    { signal: stopping.signal, onProgress: () => stopping.abort() },
  );
  await expect(running).rejects.toMatchObject({ code: "cancelled" });
  const { megapixels, format } = await pool.enhance(await darkPhoto(), { method: "he" });
  expect({ megapixels, format }).toEqual({ megapixels: 0.0024, format: "png" });
});

test("a photo that is too large or no photo is refused by name", async () => {
  const pool = await openPhotoPool({ workers: 1, maxMegapixels: 0.001 });
  onTestFinished(() => pool.close());
  await expect(pool.enhance(await darkPhoto())).rejects.toMatchObject({ code: "too-large" });
  await expect(pool.enhance(undefined as never)).rejects.toMatchObject({ code: "invalid-option" });
  await expect(pool.enhance(new Uint8Array(9))).rejects.toMatchObject({ code: "not-a-photo" });
  await expect(pool.maps(await darkPhoto(), { method: "lime" })).rejects.toMatchObject({ code: "invalid-option" });
});

test("maps have the size of the photo", async () => {
  const pool = await openPhotoPool({ workers: 1 });
  onTestFinished(() => pool.close());
  const { files } = await pool.maps(await darkPhoto());
  expect(Object.keys(files)).toEqual(["reflectance", "illumination"]);
  for (const file of Object.values(files))
    expect(await sharp(file).metadata()).toMatchObject({ width: 60, height: 40 });
});

/** Work that does not listen, crashes, or tells the thread it ran on. */
const unruly = `
import { threadId } from "node:worker_threads";
export async function work({ photo, port }) {
  if (photo.input === "deaf") await new Promise(() => setInterval(() => undefined, 1000));
  if (photo.input === "crash") process.nextTick(() => { throw new Error("broken"); });
  if (photo.input === "crash") await new Promise(() => undefined);
  port.close();
  return { ok: true, result: threadId };
}
`;

test("threads live on between jobs; one that crashes or does not listen is replaced", async () => {
  const folder = scratchFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "unruly.mjs"), unruly);
  const work = { file: pathToFileURL(join(folder, "unruly.mjs")), name: "work" };
  const workers = await openWorkers(1);
  onTestFinished(() => workers.close());
  const stopping = new AbortController();
  const run = (input: string, signal = new AbortController().signal) =>
    workers.run<{ input: string }, undefined, number>(work, { input }, undefined, { signal, graceMs: 200 });
  const first = await run("a");
  expect(await run("b")).toEqual(first);
  expect(await run("crash")).toMatchObject({ ok: false, code: "internal", message: expect.stringContaining("broken") });
  const second = await run("c");
  expect(second).toMatchObject({ ok: true });
  expect(second).not.toEqual(first);
  const deaf = run("deaf", stopping.signal);
  setTimeout(() => stopping.abort(), 100);
  expect(await deaf).toMatchObject({ ok: false, code: "cancelled" });
  expect(await run("d")).toMatchObject({ ok: true });
});
