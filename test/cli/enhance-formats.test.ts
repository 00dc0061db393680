import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { jsonLines, runKindling, runKindlingHere, scratchFolder } from "../support/run-kindling.ts";
import { writeDng } from "../support/write-dng.ts";

const scene = "examples/references/still-life.jpg";

function photosFolder(): { photos: string; out: string } {
  const folder = scratchFolder();
  mkdirSync(join(folder, "photos"));
  return { photos: join(folder, "photos"), out: join(folder, "out") };
}

const namesIn = (folder: string) => readdirSync(folder).filter((name) => !name.startsWith("."));

// On a busy machine a process and its decoders take long to start.
describe("kindling enhance", { timeout: 240_000 }, () => {
  test("works on a folder that holds only raws and HEIC, and writes JPEG", async () => {
    const { photos, out } = photosFolder();
    writeFileSync(join(photos, "night.dng"), await writeDng(scene));
    copyFileSync("test/fixtures/p3.heic", join(photos, "phone.heic"));
    const run = await runKindling(["enhance", photos, "-o", out, "-m", "gamma", "--json"]);
    expect(run.status).toBe(0);
    expect(namesIn(out)).toEqual(["night.jpg", "phone.jpg"]);
    const { width, height } = await sharp(join(out, "night.jpg")).metadata();
    expect([width, height]).toEqual([120, 80]);
    const notes = jsonLines(run.stdout).flatMap((line) => (line["notes"] as string[] | undefined) ?? []);
    expect(notes.toSorted()).toEqual([
      "8 bits a sample are all JPEG holds; depth 16 writes a TIFF",
      "HEIC is written as JPEG",
      "raw is written as JPEG",
    ]);
  });

  test("writes a raw as TIFF of 16 bits with --depth 16", async () => {
    const { photos, out } = photosFolder();
    writeFileSync(join(photos, "night.dng"), await writeDng(scene));
    expect((await runKindlingHere(["enhance", photos, "-o", out, "-m", "gamma", "--depth", "16"])).status).toBe(0);
    expect((await sharp(join(out, "night.tif")).metadata()).depth).toBe("ushort");
  });

  test("notes lost bits only where the format caused the loss", async () => {
    const { photos, out } = photosFolder();
    await writeDarkPhoto(join(photos, "deep.png"), { depth: 16 });
    const notesOf = async (...options: string[]) => {
      const run = await runKindlingHere([
        "enhance",
        photos,
        "-o",
        out,
        "-m",
        "gamma",
        "--json",
        "--overwrite",
        ...options,
      ]);
      return jsonLines(run.stdout).flatMap((line) => (line["notes"] as string[] | undefined) ?? []);
    };
    const lost = expect.stringMatching(/bits a sample/);
    expect(await notesOf("--depth", "8")).not.toContainEqual(lost);
    expect(await notesOf("--depth", "8", "-f", "jpeg")).not.toContainEqual(lost);
    expect(await notesOf("-f", "jpeg")).toContainEqual("8 bits a sample are all JPEG holds");
    writeFileSync(join(photos, "night.dng"), await writeDng(scene));
    // A format that was asked for is not left.
    expect(await notesOf("-f", "webp")).not.toContainEqual(expect.stringMatching(/TIFF/));
  });

  test("never replaces a raw, even with --overwrite, whatever its name", async () => {
    const { photos } = photosFolder();
    const raw = await writeDng(scene);
    for (const name of ["night.dng", "named.tif"]) writeFileSync(join(photos, name), raw);
    const run = await runKindlingHere(["enhance", photos, "-o", photos, "-m", "gamma", "--overwrite"]);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/named\.tif: it is a camera's raw, which is never replaced/);
    expect(namesIn(photos)).toEqual(["named.tif", "night.dng", "night.jpg"]);
    for (const name of ["night.dng", "named.tif"]) expect(readFileSync(join(photos, name)).equals(raw)).toBe(true);
  });

  test("writes what the ending says where a file holds something else, and tells it", async () => {
    const { photos, out } = photosFolder();
    await writeDarkPhoto(join(photos, "a.jpg"));
    copyFileSync(join(photos, "a.jpg"), join(photos, "b.png"));
    copyFileSync("test/fixtures/p3.heic", join(photos, "c.jpg"));
    const run = await runKindlingHere(["enhance", photos, "-o", out, "-m", "gamma"]);
    expect(run.status).toBe(0);
    expect((await sharp(join(out, "b.png")).metadata()).format).toBe("png");
    expect((await sharp(join(out, "c.jpg")).metadata()).format).toBe("jpeg");
    expect(run.stdout).toContain("it holds JPEG, not what its name says; written as PNG");
    expect(run.stdout).toContain("it holds HEIC, not what its name says; written as JPEG");
  });

  test("refuses an animated PNG, and a side its format cannot hold before anything is computed", async () => {
    const { photos, out } = photosFolder();
    const still = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#123" } })
      .png()
      .toBuffer();
    // Behind the header of 33 bytes: length, acTL, frames, plays, and a checksum that no reader asks for.
    const control = Buffer.from([0, 0, 0, 8, 0x61, 0x63, 0x54, 0x4c, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0]);
    writeFileSync(join(photos, "a.png"), Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]));
    const long = sharp({ create: { width: 17_000, height: 2, channels: 3, background: "#123" } });
    await long.png().toFile(join(photos, "long.png"));
    const run = await runKindlingHere(["enhance", photos, "-o", out, "-m", "lime", "-f", "webp"]);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/a\.png: it is an animation of 3 frames/);
    expect(run.stderr).toMatch(
      /long\.png: 17000 x 2 does not fit WEBP, .* 16383 pixels\. Choose the format jpeg or png or tiff/,
    );
  });

  test("understands the short name of a format", async () => {
    const { photos, out } = photosFolder();
    await writeDarkPhoto(join(photos, "a.png"));
    expect((await runKindlingHere(["enhance", photos, "-o", out, "-m", "gamma", "-f", "jpg"])).status).toBe(0);
    expect(namesIn(out)).toEqual(["a.jpg"]);
  });

  test("refuses a result's name whose ending it cannot write", async () => {
    const { photos, out } = photosFolder();
    await writeDarkPhoto(join(photos, "a.png"));
    const run = await runKindlingHere(["enhance", join(photos, "a.png"), "-o", `${out}.gif`, "-m", "gamma"]);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/out\.gif: expected the ending of a format Kindling writes/);
  });
});
