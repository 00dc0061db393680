import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { meanLuminance, readPhoto } from "@kindling/node";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import {
  jsonLines,
  outcomeOf,
  runKindling,
  runKindlingHere,
  scratchFolder,
  startKindling,
} from "../support/run-kindling.ts";

/** All files below a folder, sorted. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

async function folderOfPhotos(...names: readonly string[]): Promise<{ photos: string; out: string }> {
  const folder = scratchFolder();
  for (const name of names) await writeDarkPhoto(join(folder, "photos", name));
  return { photos: join(folder, "photos"), out: join(folder, "out") };
}

describe("kindling enhance", () => {
  test("enhances a folder with all below it, keeps its structure, formats and metadata, and is brighter", async () => {
    const names = ["a.jpg", "b/c.png", "b/d/e.webp", "f.tif", "g.avif"];
    const { photos, out } = await folderOfPhotos(...names);
    writeFileSync(join(photos, "b/notes.txt"), "not a photo");
    const { status, stdout } = await runKindling(["enhance", photos, "-o", out, "--light", "2"]);
    expect(stdout).toContain("5 enhanced in");
    expect(status).toBe(0);
    expect(filesBelow(out)).toEqual([".kindling.jsonl", ...names]);
    for (const name of names) {
      const [before, after] = [await readPhoto(join(photos, name)), await readPhoto(join(out, name))];
      expect(after.format).toBe(before.format);
      expect(after.metadata.icc).toEqual(before.metadata.icc);
      expect(Buffer.from(after.metadata.exif ?? []).includes("Test camera")).toBe(true);
      expect(meanLuminance(after.picture)).toBeGreaterThan(1.5 * meanLuminance(before.picture));
    }
  });

  test("takes the noise off with --then, and tells before that this is slow", async () => {
    const { photos, out } = await folderOfPhotos("a.png");
    const words = ["enhance", photos, "-m", "gamma", "--light", "2", "--then", "bm3d", "-s", "bm3d.sigma=60"];
    const { status, stderr } = await runKindling([...words, "-o", out]);
    expect(stderr).toContain("bm3d is slow: one to two minutes a megapixel.");
    expect(status).toBe(0);
    const [before, clean] = [await readPhoto(join(photos, "a.png")), await readPhoto(join(out, "a.png"))];
    expect(meanLuminance(clean.picture) / meanLuminance(before.picture)).toBeCloseTo(2, 1);
    // What is left of the steps from pixel to pixel, in a picture twice as light.
    const roughness = ({ picture: { samples } }: typeof before) =>
      samples.reduce((sum, sample, i) => sum + Math.abs(sample - (samples[i - 3] ?? sample)), 0);
    expect(roughness(clean)).toBeLessThan(roughness(before));
  });

  test("tells what is slow once, and not before wrong options", async () => {
    const { photos, out } = await folderOfPhotos("a.png");
    const words = ["enhance", photos, "-m", "bm3d", "--then", "bm3d", "-o", out];
    const wrong = await runKindlingHere([...words, "-s", "bm3d.sigma=-3"]);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).not.toContain("slow");
    const { status, stderr } = await runKindlingHere(words);
    expect({ status, told: stderr.match(/bm3d is slow/g) }).toEqual({ status: 0, told: ["bm3d is slow"] });
  });

  test("says where automatic light left a photo nearly as it was", async () => {
    const { photos, out } = await folderOfPhotos("dark.png");
    await sharp({ create: { width: 60, height: 40, channels: 3, background: "#c8c2b4" } })
      .png()
      .toFile(join(photos, "lit.png"));
    for (const background of ["black", "white"]) {
      const even = sharp({ create: { width: 60, height: 40, channels: 3, background } });
      await even.png().toFile(join(photos, `${background}.png`));
    }
    const told = async (...options: string[]) => {
      const run = await runKindlingHere(["enhance", photos, "-o", out, "--json", ...options]);
      const done = jsonLines(run.stdout).filter(({ event }) => event === "enhanced");
      const isTold = ({ notes }: Record<string, unknown>) =>
        /automatic light leaves it nearly as it is/.test(String(notes));
      return Object.fromEntries(
        done.map((line) => [String(line["input"]).slice(-8), [line["isLightKept"], isTold(line)]]),
      );
    };
    expect(await told()).toEqual({
      "dark.png": [false, false],
      "/lit.png": [true, true],
      // No light gives more of these.
      "lack.png": [false, false],
      "hite.png": [false, false],
    });
    expect((await told("--light", "1"))["/lit.png"]).toEqual([false, false]);
    // It removes noise and has no light of its own to choose.
    expect((await told("-m", "bm3d"))["/lit.png"]).toEqual([false, false]);
  });

  test("leaves out what a method cannot do, and says so once", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg", "b.jpg");
    const words = ["enhance", photos, "-m", "clahe", "-o"];
    const asked = await runKindlingHere([...words, out, "--fast", "--denoise", "0.5", "--keep-highlights", "1"]);
    expect(asked).toMatchObject({ status: 0, stdout: expect.stringContaining("2 enhanced") });
    expect(asked.stderr.split("\n")).toEqual([
      ...["--fast", "--denoise", "--keep-highlights"].map(
        (option) => `note: ${option}: clahe cannot do this; it is left out.`,
      ),
      "",
    ]);
    // They are no part of what was asked for.
    expect((await runKindlingHere([...words, out])).stdout).toContain("2 done before");
  });

  test("refuses after a method what removes no noise", async () => {
    const { status, stderr } = await runKindlingHere(["enhance", "a.png", "-m", "lime", "--then", "clahe"]);
    expect(stderr).toContain("lime+clahe: after a method one that removes noise can follow (bm3d); got clahe.");
    expect(status).toBe(2);
    const variant = await runKindlingHere(["enhance", "a.png", "-m", "kind+root"]);
    expect(variant.stderr).toContain(
      "got root. Variants of kind are graphs to train, import and ship; weights have a tag",
    );
  });

  test("finds photos by a pattern and keeps their paths below its fixed part", async () => {
    const { photos, out } = await folderOfPhotos("x/1.jpg", "x/y/2.jpg", "x/y/3.png");
    const { stdout } = await runKindlingHere(["enhance", `${photos}/**/*.jpg`, "-o", out]);
    expect(stdout).toContain("2 enhanced");
    expect(filesBelow(out)).toEqual([".kindling.jsonl", "x/1.jpg", "x/y/2.jpg"]);
  });

  test("names the result and follows its ending when the output is a file", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg");
    mkdirSync(out);
    const { status } = await runKindlingHere(["enhance", join(photos, "a.jpg"), "-o", join(out, "bright.png")]);
    expect(status).toBe(0);
    expect(filesBelow(out)).toEqual(["bright.png"]);
    expect((await sharp(join(out, "bright.png")).metadata()).format).toBe("png");
  });

  test("writes the format, depth and light asked for", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg");
    await runKindlingHere(["enhance", photos, "-o", out, "-m", "lime", "-f", "png", "--depth", "16", "--light", "2"]);
    const [before, after] = [await readPhoto(join(photos, "a.jpg")), await readPhoto(join(out, "a.png"))];
    expect(after.depth).toBe(16);
    expect(meanLuminance(after.picture) / meanLuminance(before.picture)).toBeCloseTo(2, 2);
  });

  test("leaves out the place with --strip-gps and keeps it without", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg");
    const shown = async (folder: string) => (await sharp(join(folder, "a.jpg")).metadata()).xmp?.toString() ?? "";
    await runKindlingHere(["enhance", photos, "-o", out]);
    expect(await shown(out)).toContain("GPSLatitude");
    await runKindlingHere(["enhance", photos, "-o", out, "--strip-gps"]);
    expect(await shown(out)).not.toContain("GPS");
  });

  test("prints one JSON object a line with --json", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg", "b.jpg");
    writeFileSync(join(photos, "c.jpg"), "no photo");
    const { status, stdout, stderr } = await runKindlingHere(["enhance", photos, "-o", out, "--json", "-j", "1"]);
    expect(stderr).toBe("");
    expect(jsonLines(stdout)).toMatchObject([
      { event: "start", photos: 3, doneBefore: 0 },
      { event: "enhanced", input: join(photos, "a.jpg"), output: join(out, "a.jpg"), megapixels: 0.0024, notes: [] },
      { event: "enhanced", input: join(photos, "b.jpg") },
      { event: "failed", input: join(photos, "c.jpg"), code: "not-a-photo" },
      { event: "end", enhanced: 2, failed: 1, doneBefore: 0, stopped: 0 },
    ]);
    expect(status).toBe(1);
  });
});

describe("a run that is repeated", () => {
  test("redoes nothing", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg", "b.png");
    await runKindling(["enhance", photos, "-o", out]);
    const before = filesBelow(out).map((name) => statSync(join(out, name)).mtimeMs);
    const { status, stdout } = await runKindling(["enhance", photos, "-o", out]);
    expect(stdout).toContain("0 enhanced, 2 done before");
    expect(filesBelow(out).map((name) => statSync(join(out, name)).mtimeMs)).toEqual(before);
    expect(status).toBe(0);
  });

  test("makes anew what has other settings, a changed photo or a lost result", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg", "b.jpg");
    await runKindlingHere(["enhance", photos, "-o", out]);
    await writeDarkPhoto(join(photos, "a.jpg"), { width: 50 });
    expect((await runKindlingHere(["enhance", photos, "-o", out])).stdout).toContain("1 enhanced, 1 done before");
    expect((await runKindlingHere(["enhance", photos, "-o", out, "-m", "gamma"])).stdout).toContain("2 enhanced");
    writeFileSync(join(out, "b.jpg"), "cut");
    const repaired = await runKindlingHere(["enhance", photos, "-o", out, "-m", "gamma", "--overwrite"]);
    expect(repaired.stdout).toContain("1 enhanced, 1 done before");
  });

  test("clears away what a killed run left half written, and nothing of a run that goes on", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg");
    mkdirSync(out);
    const ended = startKindling(["--version"]);
    await outcomeOf(ended);
    writeFileSync(join(out, `.b.jpg.0123abcd.${ended.pid}.kindling-part`), "half");
    writeFileSync(join(out, `.c.jpg.0123abcd.${process.pid}.kindling-part`), "under way");
    await runKindlingHere(["enhance", photos, "-o", out]);
    expect(filesBelow(out)).toEqual([`.c.jpg.0123abcd.${process.pid}.kindling-part`, ".kindling.jsonl", "a.jpg"]);
  });

  test.each(["SIGKILL", "SIGINT"] as const)(
    "after %s continues where it was, and every result is whole",
    async (signal) => {
      const names = Array.from({ length: 6 }, (_, i) => `${i}.png`);
      const folder = scratchFolder();
      const [photos, out] = [join(folder, "photos"), join(folder, "out")];
      for (const name of names) await writeDarkPhoto(join(photos, name), { width: 600, height: 450 });
      const words = ["enhance", photos, "-o", out, "--json", "-j", "1"];

      const first = startKindling(words);
      first.stdout?.on("data", (chunk) => {
        if (String(chunk).includes(`"${join(photos, "1.png")}"`)) first.kill(signal);
      });
      const stopped = await outcomeOf(first);
      const done = jsonLines(stopped.stdout).filter(({ event }) => event === "enhanced");
      expect(done.length).toBeGreaterThanOrEqual(2);
      expect(done.length).toBeLessThan(6);
      if (signal === "SIGINT") expect(stopped.status).toBe(130);

      const second = jsonLines((await runKindling(words)).stdout);
      const end = second.at(-1) as { enhanced: number; doneBefore: number };
      expect(end.doneBefore).toBeGreaterThanOrEqual(done.length);
      expect(end.enhanced + end.doneBefore).toBe(6);
      // What the first run told as done the second did not touch.
      const redone = second.filter(({ event }) => event === "enhanced").map(({ input }) => input);
      expect(done.map(({ input }) => input).filter((input) => redone.includes(input))).toEqual([]);
      expect(filesBelow(out)).toEqual([".kindling.jsonl", ...names]);
      for (const name of names) expect((await readPhoto(join(out, name))).picture.width).toBe(600);
    },
  );

  test("passes over a line of its journal that a crash cut short", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg", "b.jpg");
    await runKindlingHere(["enhance", photos, "-o", out]);
    const journal = join(out, ".kindling.jsonl");
    writeFileSync(journal, readFileSync(journal, "utf8").slice(0, -20));
    // The result whose line was lost is not known as ours: it is not overwritten unasked.
    const second = await runKindlingHere(["enhance", photos, "-o", out]);
    expect(second.stdout).toContain("1 done before, 1 failed");
    expect((await runKindlingHere(["enhance", photos, "-o", out, "--overwrite"])).stdout).toContain(
      "1 enhanced, 1 done before",
    );
    expect((await runKindlingHere(["enhance", photos, "-o", out])).stdout).toContain("0 enhanced, 2 done before");
  });
});

describe("two commands at once", () => {
  test("into one folder do each photo once, and none fails", async () => {
    const names = ["a.jpg", "b.png", "c.jpg", "d.png"];
    const { photos, out } = await folderOfPhotos(...names);
    const words = ["enhance", photos, "-o", out, "-m", "gamma", "--json", "-j", "1"];
    const ends = (await Promise.all([runKindling(words), runKindling(words)])).map(({ status, stdout }) => {
      expect(status).toBe(0);
      return jsonLines(stdout).at(-1) as { enhanced: number; doneBefore: number };
    });
    expect(ends.map(({ enhanced, doneBefore }) => enhanced + doneBefore)).toEqual([4, 4]);
    expect(ends.reduce((sum, { enhanced }) => sum + enhanced, 0)).toBe(4);
    expect(filesBelow(out)).toEqual([".kindling.jsonl", ...names]);
  });
});

describe("nothing is lost:", () => {
  test("an original is not overwritten unless asked", async () => {
    const { photos } = await folderOfPhotos("a.jpg");
    const before = readFileSync(join(photos, "a.jpg"));
    const refused = await runKindlingHere(["enhance", photos, "-o", photos]);
    expect(refused.stderr).toMatch(/its result would replace the photo .*--overwrite/);
    expect(refused.status).toBe(1);
    expect(readFileSync(join(photos, "a.jpg")).equals(before)).toBe(true);
    expect((await runKindlingHere(["enhance", photos, "-o", photos, "--overwrite"])).status).toBe(0);
    expect(readFileSync(join(photos, "a.jpg")).equals(before)).toBe(false);
  });

  test("a file that somebody else put in the place of a result is not overwritten", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg");
    mkdirSync(out);
    writeFileSync(join(out, "a.jpg"), "mine");
    const { status, stderr } = await runKindlingHere(["enhance", photos, "-o", out]);
    expect(stderr).toMatch(/was not made by this command/);
    expect(status).toBe(1);
    expect(readFileSync(join(out, "a.jpg"), "utf8")).toBe("mine");
  });

  test("a named result that is there is not overwritten, and nothing is said of who made it", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg");
    const words = ["enhance", join(photos, "a.jpg"), "-m", "gamma", "-o", `${out}.png`];
    expect((await runKindlingHere(words)).status).toBe(0);
    const { status, stderr } = await runKindlingHere(words);
    expect(stderr).toContain(
      `a.jpg: ${out}.png is there already. Choose another --out, or give --overwrite to replace it.`,
    );
    expect(status).toBe(1);
    expect((await runKindlingHere([...words, "--overwrite"])).status).toBe(0);
  });

  test("two photos whose results would have one name are told apart", async () => {
    const { photos, out } = await folderOfPhotos("a.jpg", "a.png");
    const { status, stdout, stderr } = await runKindlingHere(["enhance", photos, "-o", out, "-f", "webp"]);
    expect(stdout).toContain("1 enhanced, 1 failed");
    expect(stderr).toMatch(/a\.png: its result would replace that of .*a\.jpg/);
    expect(status).toBe(1);
  });

  test("results are not taken for photos when their folder lies among the photos", async () => {
    const { photos } = await folderOfPhotos("a.jpg");
    const words = ["enhance", photos, "-o", join(photos, "lit")];
    await runKindlingHere(words);
    expect((await runKindlingHere(words)).stdout).toContain("0 enhanced, 1 done before");
  });
});
