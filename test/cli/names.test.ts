import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { jsonLines, runKindling, runKindlingHere, scratchFolder } from "../support/run-kindling.ts";

/** A folder with photos of these names, given in bytes. */
async function photosNamed(...names: readonly (string | Buffer)[]): Promise<{ folder: string; photos: string }> {
  const folder = scratchFolder();
  const photos = join(folder, "in");
  await writeDarkPhoto(join(folder, "one.jpg"), { width: 24, height: 16 });
  mkdirSync(photos);
  const bytes = readFileSync(join(folder, "one.jpg"));
  for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${photos}/`), Buffer.from(name)]), bytes);
  return { folder, photos };
}

const namesIn = (folder: string) =>
  readdirSync(folder, { encoding: "buffer" })
    .map((name) => name.toString("latin1"))
    .filter((name) => name.endsWith(".jpg"))
    .sort();

/** For several runs on a machine with other work. */
const timeout = 240_000;

const forger = "a\n0 failed. All is well.jpg";
const driver = "\x1b]0;owned\x07\u202egpj.jpg";

describe("names with control characters", () => {
  test("are escaped in words, on one line each, and exact in JSON", { timeout }, async () => {
    const { folder, photos } = await photosNamed(forger, driver);
    writeFileSync(join(photos, "bad\r.jpg"), "no photo");
    const words = await runKindlingHere(["enhance", photos, "-o", join(folder, "words"), "-m", "he"]);
    expect(words.stdout.trim().split("\n")).toHaveLength(3);
    expect(words.stdout).toContain("a\\n0 failed. All is well.jpg -> ");
    expect(words.stdout).toContain("\\x1b]0;owned\\x07\\u202egpj.jpg");
    expect(words.stderr).toMatch(/^failed: .*bad\\r\.jpg: not a photo .*\n$/);
    expect(words.stdout + words.stderr).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);

    const { stdout } = await runKindlingHere(["enhance", photos, "-o", join(folder, "json"), "-m", "he", "--json"]);
    const inputs = jsonLines(stdout).flatMap(({ input }) => (input === undefined ? [] : [input]));
    expect(inputs.sort()).toEqual([forger, driver, "bad\r.jpg"].map((name) => join(photos, name)).sort());
  });
});

describe("names that are not UTF-8", () => {
  const latin = [Buffer.from("\xe9t\xe9.jpg", "latin1"), Buffer.from("\xe8t\xe8.jpg", "latin1")];
  const wanted = latin.map((name) => name.toString("latin1")).sort();

  test.skipIf(process.platform !== "linux")(
    "are worked on byte for byte, by folder and by the shell, known to the journal and exact in JSON",
    { timeout },
    async () => {
      const { folder, photos } = await photosNamed(...latin);
      const out = join(folder, "out");
      const first = await runKindling(["enhance", photos, "-o", out, "-m", "he"]);
      expect(first.stdout).toContain("\\xe9t\\xe9.jpg -> ");
      expect(namesIn(out)).toEqual(wanted);
      // Now the shell names the files, and the journal knows them.
      writeFileSync(join(photos, "new.jpg"), readFileSync(join(folder, "one.jpg")));
      const shell = ["sh", "-c", `exec "$@" ${photos}/*.jpg -o ${out} -m he --json`, "sh"];
      const events = jsonLines((await runKindling(["enhance"], shell)).stdout);
      expect(events[0]).toMatchObject({ event: "start", photos: 1, doneBefore: 2 });

      const bright = ["enhance", photos, "-o", out, "-m", "he", "--json", "--light", "2"];
      expect((await runKindling(bright)).stdout).toContain("\\udce9t\\udce9.jpg");
    },
  );
});

test("one file is one photo, however its path is written", { timeout }, async () => {
  const { folder, photos } = await photosNamed("a.jpg");
  const spellings = [join(photos, "a.jpg"), `${photos}/./a.jpg`, `${photos}/../in/a.jpg`];
  const { status, stdout, stderr } = await runKindlingHere([
    "enhance",
    ...spellings,
    "-o",
    join(folder, "b.png"),
    "-m",
    "he",
  ]);
  expect(stderr).toBe("");
  expect(stdout).toContain("1 enhanced in");
  expect(status).toBe(0);
});

test("a name of 244 bytes in 80 characters is worked on", { timeout }, async () => {
  const name = `${"夜".repeat(80)}.jpg`;
  const { folder, photos } = await photosNamed(name);
  const { stderr } = await runKindlingHere(["enhance", photos, "-o", join(folder, "out"), "-m", "he"]);
  expect(stderr).toBe("");
  expect(readdirSync(join(folder, "out"))).toContain(name);
});
