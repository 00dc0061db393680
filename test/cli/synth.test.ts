import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPhoto, writePhoto } from "@kindling/node";
import { findPairs } from "@kindling/node/lab";
import { readTable } from "@kindling/node/lab/internal";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import {
  jsonLines,
  outcomeOf,
  runKindling,
  runKindlingHere,
  scratchFolder,
  startKindling,
} from "../support/run-kindling.ts";
import { sampleMetadata, samplePicture } from "../support/sample-photo.ts";

/** Nothing drawn but the exposure. */
const darkerOnly = ["noise", "tone", "sharpening", "balance-error", "vignetting", "highlights"]
  .flatMap((name) => [`--${name}`, "0"])
  .concat("--kelvin", "6504");

async function folderOfPhotos(names: readonly string[], { width = 64, height = 48, orientation = 1 } = {}) {
  const folder = scratchFolder();
  for (const name of names) {
    const path = join(folder, "photos", name);
    mkdirSync(join(path, ".."), { recursive: true });
    const metadata = await sampleMetadata(orientation);
    const picture = samplePicture(width, height, 3, 8);
    await writePhoto({ picture, metadata, format: "jpeg", depth: 8, lossless: false, notes: [] }, path);
  }
  return { photos: join(folder, "photos"), out: join(folder, "pairs") };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const bytesOf = (folder: string) =>
  filesBelow(folder).map((name) => readFileSync(join(folder, name)).toString("base64"));

const meanOf = async (path: string) => {
  const { samples } = (await readPhoto(path)).picture;
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
};

describe("kindling synth", () => {
  test("makes pairs of equal names and sizes, a table of what was drawn, and a contact sheet", async () => {
    const { photos, out } = await folderOfPhotos(["a.jpg", "b/c.png"]);
    const { status, stdout } = await runKindling(["synth", photos, "-o", out]);
    expect(stdout).toContain("2 darkened in");
    expect(status).toBe(0);
    const names = ["a.png", "b/c.png"];
    expect(filesBelow(join(out, "low"))).toEqual(names);
    expect(filesBelow(join(out, "normal"))).toEqual(names);
    const { format, width } = await sharp(join(out, "contact-sheet.jpg")).metadata();
    expect([format, (width ?? 0) > 800]).toEqual(["jpeg", true]);

    const { pairs, failures } = await findPairs(out);
    expect(failures).toEqual([]);
    expect(pairs).toHaveLength(2);
    for (const { low, normal } of pairs) expect(await meanOf(low)).toBeLessThan(0.8 * (await meanOf(normal)));
    for (const { exposure_ev: exposure, jpeg_quality: quality, ...row } of await readTable(join(out, "pairs.csv"), [
      "kind",
      "shot_noise",
      "colour_matrix",
      "kelvin",
      "noise_seed",
      "source",
    ])) {
      expect(Number(exposure)).toBeGreaterThanOrEqual(-6);
      expect(Number(exposure)).toBeLessThanOrEqual(-1);
      expect(Number(quality)).toBeGreaterThanOrEqual(60);
      expect(Object.values(row).every((value) => value !== "")).toBe(true);
    }
  });

  test("keeps the good photo to the last sample, upright, with its colour profile and nothing of its place", async () => {
    const { photos, out } = await folderOfPhotos(["a.jpg"], { orientation: 6 });
    await runKindlingHere(["synth", photos, "-o", out]);
    const [before, after] = [await readPhoto(join(photos, "a.jpg")), await readPhoto(join(out, "normal/a.png"))];
    expect(after.picture).toEqual(before.picture);
    expect(Object.keys(after.metadata)).toEqual(["icc"]);
    expect(Object.keys((await readPhoto(join(out, "low/a.png"))).metadata)).toEqual(["icc"]);
  });

  test("only darkens where only that is asked for", async () => {
    const { photos, out } = await folderOfPhotos(["a.png"]);
    await runKindlingHere(["synth", photos, "-o", out, "--ev", "-2", "-q", "0", ...darkerOnly]);
    const [low, normal] = [await readPhoto(join(out, "low/a.png")), await readPhoto(join(out, "normal/a.png"))];
    const linear = (v = 0) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    for (const [i, sample] of normal.picture.samples.entries()) {
      expect(Math.abs(linear(low.picture.samples[i]) - linear(sample) / 4)).toBeLessThan(0.002);
    }
  });

  test("reduces both files of a pair to the side asked for, and leaves smaller photos at their size", async () => {
    const { photos, out } = await folderOfPhotos(["a.jpg"], { width: 64, height: 48 });
    await runKindlingHere(["synth", photos, "-o", out, "--side", "32"]);
    for (const kind of ["low", "normal"]) {
      const { width, height } = (await readPhoto(join(out, kind, "a.png"))).picture;
      expect([width, height]).toEqual([32, 24]);
    }
    await runKindlingHere(["synth", photos, "-o", `${out}2`, "--side", "100"]);
    expect((await readPhoto(join(`${out}2`, "low/a.png"))).picture.width).toBe(64);
  });

  test("leaves photos as they are, or darkens parts of them, where that is asked for", async () => {
    const { photos, out } = await folderOfPhotos(["a.jpg"]);
    const kinds = { part: ["--parts", "1"], unchanged: ["--unchanged", "1", "-q", "95"] };
    for (const [kind, words] of Object.entries(kinds)) {
      await runKindlingHere(["synth", photos, "-o", join(out, kind), ...words]);
      const [row] = await readTable(join(out, kind, "pairs.csv"), ["kind", "part_shape", "part_stops"]);
      expect(row?.["kind"]).toBe(kind);
      expect(row?.["part_shape"] === "none").toBe(kind === "unchanged");
    }
    const [low, normal] = [join(out, "unchanged/low/a.png"), join(out, "unchanged/normal/a.png")];
    expect(Math.abs((await meanOf(low)) - (await meanOf(normal)))).toBeLessThan(0.02);
  });

  test("draws the same from the same seed, whatever else is in the batch, and other things from another", async () => {
    const { photos, out } = await folderOfPhotos(["a.jpg", "b.jpg"]);
    const run = (name: string, ...words: string[]) =>
      runKindlingHere(["synth", photos, "-o", join(out, name), ...words]);
    await run("one");
    await run("two", "-j", "1");
    await run("other", "--seed", "2");
    expect(bytesOf(join(out, "two/low"))).toEqual(bytesOf(join(out, "one/low")));
    expect(bytesOf(join(out, "other/low"))).not.toEqual(bytesOf(join(out, "one/low")));
    expect(bytesOf(join(out, "other/normal"))).toEqual(bytesOf(join(out, "one/normal")));
    rmSync(join(photos, "a.jpg"));
    await run("alone");
    expect(readFileSync(join(out, "alone/low/b.png"))).toEqual(readFileSync(join(out, "one/low/b.png")));
  });

  test("makes several versions of each photo, no two alike, and no sheet if none is wanted", async () => {
    const { photos, out } = await folderOfPhotos(["a.jpg"]);
    await runKindlingHere(["synth", photos, "-o", out, "-n", "3", "-f", "webp", "--sheet", "0"]);
    expect(filesBelow(join(out, "low"))).toEqual(["a-1.webp", "a-2.webp", "a-3.webp"]);
    expect(new Set(bytesOf(join(out, "low"))).size).toBe(3);
    expect(new Set(bytesOf(join(out, "normal"))).size).toBe(1);
    expect(readdirSync(out)).not.toContain("contact-sheet.jpg");
  });

  test("names photos that cannot be used and makes pairs of the others", async () => {
    const { photos, out } = await folderOfPhotos(["a.jpg"]);
    writeFileSync(join(photos, "b.jpg"), "no photo");
    const { status, stdout } = await runKindlingHere(["synth", photos, "-o", out, "--json"]);
    expect(status).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([
      { event: "start", photos: 2, doneBefore: 0 },
      expect.anything(),
      expect.anything(),
      { event: "end", darkened: 1, failed: 1, out },
    ]);
    const darkened = jsonLines(stdout).find(({ event }) => event === "darkened");
    expect(darkened).toMatchObject({ input: join(photos, "a.jpg"), normal: join(out, "normal/a.png") });
    expect(darkened).toHaveProperty("exposureEv");
    expect((await findPairs(out)).pairs).toHaveLength(1);
  });
});

describe("nothing is lost and nothing redone:", () => {
  test("a second run redoes nothing, one with other photos adds its rows, lost files are made again", async () => {
    const { photos, out } = await folderOfPhotos(["x/a.jpg", "y/b.jpg"]);
    const run = (name: string) => runKindlingHere(["synth", join(photos, name), "-o", out]);
    await run("x");
    const before = statSync(join(out, "low/a.png")).mtimeMs;
    expect((await run("x")).stdout).toContain("0 darkened, 1 done before");
    expect(statSync(join(out, "low/a.png")).mtimeMs).toBe(before);
    await run("y");
    expect((await findPairs(out)).pairs.map(({ name }) => name)).toEqual(["a", "b"]);
    rmSync(join(out, "normal/a.png"));
    expect((await run("x")).stdout).toContain("1 darkened");
    expect((await findPairs(out)).failures).toEqual([]);
  });

  test.each(["SIGKILL", "SIGINT"] as const)(
    "after %s it goes on where it was, and the table is whole",
    async (signal) => {
      const names = Array.from({ length: 6 }, (_, i) => `${i}.png`);
      const { photos, out } = await folderOfPhotos(names, { width: 320, height: 240 });
      const words = ["synth", photos, "-o", out, "--json", "-j", "1"];
      const first = startKindling(words);
      first.stdout?.on("data", (chunk) => {
        if (String(chunk).includes(`"${join(photos, "1.png")}"`)) first.kill(signal);
      });
      const stopped = await outcomeOf(first);
      const done = jsonLines(stopped.stdout).filter(({ event }) => event === "darkened");
      expect(done.length).toBeGreaterThanOrEqual(2);
      expect(done.length).toBeLessThan(6);
      if (signal === "SIGINT") {
        expect(stopped.status).toBe(130);
        expect((await findPairs(out)).pairs.length).toBeGreaterThanOrEqual(done.length);
      }

      const second = jsonLines((await runKindling(words)).stdout);
      const redone = second.filter(({ event }) => event === "darkened").map(({ input }) => input);
      expect(done.map(({ input }) => input).filter((input) => redone.includes(input))).toEqual([]);
      expect(filesBelow(out)).toEqual(
        [
          ".kindling.jsonl",
          "contact-sheet.jpg",
          ...names.flatMap((name) => [`low/${name}`, `normal/${name}`]),
          "pairs.csv",
        ].sort(),
      );
      expect((await findPairs(out)).pairs.map(({ name }) => `${name}.png`)).toEqual(names);
      for (const name of names) expect((await readPhoto(join(out, "low", name))).picture.width).toBe(320);
    },
  );

  test("a table, a sheet or a photo of somebody else is not overwritten unless asked", async () => {
    const { photos, out } = await folderOfPhotos(["a.jpg"]);
    const foreign = { "pairs.csv": "low,normal\nmine,yours\n", "contact-sheet.jpg": "mine", "normal/a.png": "mine" };
    for (const [name, text] of Object.entries(foreign)) {
      const folder = join(out, name.replace("/", "-"));
      mkdirSync(join(folder, "normal"), { recursive: true });
      writeFileSync(join(folder, name), text);
      const refused = await runKindlingHere(["synth", photos, "-o", folder]);
      expect(refused.stderr).toMatch(/was not made by this command.*--overwrite/);
      expect(refused.status).toBe(1);
      expect(readFileSync(join(folder, name), "utf8")).toBe(text);
      expect((await runKindlingHere(["synth", photos, "-o", folder, "--overwrite"])).status).toBe(0);
      expect(readFileSync(join(folder, name), "utf8")).not.toBe(text);
    }
  });
});

test.each([
  [["--ev", "-1..-6"], /--ev -1\.\.-6: expected a number from -10 to 0, or two with \.\. between them/],
  [["--ev", "1"], /--ev 1: expected/],
  [["--noise", "many"], /--noise many: expected/],
  [["--parts", "2"], /--parts 2: expected a number from 0 to 1/],
  [["--parts", "0.7", "--unchanged", "0.4"], /--parts 0\.7: expected at most 1 together with --unchanged/],
  [["--side", "3"], /--side 3: expected a whole number from 16/],
  [["--kelvin", "2700..8000..9000"], /--kelvin/],
  [["--balance-error", "60"], /--balance-error 60: expected a number from -50 to 50/],
  [["--format", "jpeg"], /--format jpeg: expected png or webp/],
  [["--versions", "0"], /--versions 0: expected a whole number from 1 to 1000/],
  [["--seed", "1.5"], /--seed 1\.5: expected a whole number/],
  [["-o", "pairs.png"], /--out pairs\.png: expected a folder/],
])("kindling synth a.jpg %j is wrong usage: it says what was expected and exits with 2", async (words, message) => {
  const { photos } = await folderOfPhotos(["a.jpg"]);
  const { status, stderr } = await runKindlingHere(["synth", join(photos, "a.jpg"), ...words]);
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
});

describe("plain scenes and panoramas", () => {
  test("need no photos, stay as bright as they are, and are listed with the others", async () => {
    const { photos, out } = await folderOfPhotos(["a.jpg"]);
    const words = ["synth", photos, "-o", out, "--blank-frames", "2", "--lamp-scenes", "1"];
    expect((await runKindlingHere(words)).stdout).toContain("4 darkened");
    const plain = ["blank-frames/1.png", "blank-frames/2.png", "lamp-scenes/1.png"];
    expect(filesBelow(join(out, "low"))).toEqual(["a.png", ...plain]);
    for (const name of plain) {
      const [low, normal] = [await meanOf(join(out, "low", name)), await meanOf(join(out, "normal", name))];
      expect(Math.abs(low - normal)).toBeLessThan(0.03);
    }
    expect((await findPairs(out)).pairs).toHaveLength(4);
    expect((await runKindlingHere(words)).stdout).toContain("0 darkened, 4 done before");
    expect((await runKindlingHere(["synth", "-o", out])).stderr).toContain("expected good photos, --panoramas");
  });

  test("views of a panorama are fused from many exposures; a folder without one is named", async () => {
    const { photos, out } = await folderOfPhotos(["a.jpg"]);
    const header = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 64 +X 128\n";
    const pixels = Array.from({ length: 64 * 128 }, (_, i) => [
      100 + (i % 50),
      120,
      140 - (i % 90),
      i % 128 < 30 ? 134 : 126,
    ]);
    const path = join(out, "..", "room.hdr");
    writeFileSync(path, Buffer.concat([Buffer.from(header), Buffer.from(pixels.flat())]));
    const words = ["synth", "-o", out, "--views", "2", "--view-side", "96", "--panoramas"];
    expect((await runKindlingHere([...words, path])).stdout).toContain("2 darkened");
    for (const name of ["room-1.png", "room-2.png"]) {
      const [low, normal] = [join(out, "low/panoramas", name), join(out, "normal/panoramas", name)];
      expect(await meanOf(low)).toBeLessThan(await meanOf(normal));
      expect((await readPhoto(normal)).picture).toMatchObject({ width: 96, height: 64 });
    }
    expect((await runKindlingHere([...words, photos])).stderr).toContain("no panoramas in this folder");
  });
});

test("the help of synth shows every range as it is typed", async () => {
  const { stdout } = await runKindlingHere(["synth", "--help"]);
  expect(stdout).toMatch(/--ev <range>.*\(default:\s+"-6\.\.-1"\)/s);
  expect(stdout).toContain("kindling synth photos/ -o pairs/");
});
