import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { fanOfExif, fanOfTiff } from "../support/hostile-exif.ts";
import { writePairs } from "../support/pair-data.ts";
import { type Finished, runKindling, runKindlingHere, scratchFolder } from "../support/run-kindling.ts";

/** For several runs on a machine with other work. */
const timeout = 240_000;

function expectOneLine({ status, stderr }: Finished, reason: RegExp): void {
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toMatch(reason);
  expect(stderr).not.toMatch(/ {4}at |node:/);
  expect(status).not.toBe(0);
}

describe("one line says what is wrong", () => {
  test("of a file of settings with aliases that multiply", { timeout }, async () => {
    const file = join(scratchFolder(), "settings.yaml");
    const nine = (name: string) => `[${Array(9).fill(name).join()}]`;
    writeFileSync(file, `a: &a ${nine("x")}\nb: &b ${nine("*a")}\nc: &c ${nine("*b")}\nd: ${nine("*c")}\n`);
    const run = await runKindling(["train", "kind", "--config", file]);
    expectOneLine(run, /settings\.yaml: not YAML: Excessive alias count/);
  });

  test("of pairs that are not there, before anything of the run's folder", { timeout }, async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "run"));
    writeFileSync(join(folder, "run/checkpoint.safetensors"), "of another run");
    const run = await runKindlingHere(["train", "kind", "--pairs", join(folder, "nothere"), "-o", join(folder, "run")]);
    expectOneLine(run, /--pairs .*nothere: there is no such file or folder\. Check the path/);
  });

  test("of a folder that holds other kinds of files, and names these", { timeout }, async () => {
    const folder = join(scratchFolder(), "films");
    mkdirSync(join(folder, "old"), { recursive: true });
    for (const name of ["a.wav", "b.WAV", "old/c.wav", "d.txt", "README"]) writeFileSync(join(folder, name), "x");
    const run = await runKindlingHere(["enhance", folder, "-o", join(folder, "out")]);
    expectOneLine(
      run,
      /films: no photos in this folder\. It holds 3 \.wav, 1 \.txt, 1 no ending, which Kindling does not/,
    );
  });

  test.skipIf(process.platform === "win32")(
    "of a shell that allows too few open files, however few",
    { timeout },
    async () => {
      const photo = join(scratchFolder(), "dark.jpg");
      await writeDarkPhoto(photo);
      // Node itself holds some 17, more or fewer by the machine; what the command opens at once differs from run to run.
      const script = "console.log(fs.readdirSync('/dev/fd').length)";
      const held = Number(execFileSync(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] }));
      for (const more of [2, 4, 6]) {
        const through = ["sh", "-c", `ulimit -n ${held + more}; exec "$@"`, "sh"];
        const run = await runKindling(["enhance", photo, "-o", `${photo}.out`, "-m", "he"], through);
        expectOneLine(run, /too many files are open|allow more open files/);
      }
    },
  );

  test.skipIf(process.platform !== "linux").each([
    ["a photo", (photo: string) => ["enhance", photo, "-m", "he", "-o", "-"]],
    ["JSON", (photo: string) => ["enhance", photo, "-m", "he", "-o", `${photo}.out`, "--json"]],
    ["a list", () => ["methods"]],
  ] as const)("of a full disk behind the standard output, for %s", { timeout }, async (_name, wordsFor) => {
    const photo = join(scratchFolder(), "dark.jpg");
    await writeDarkPhoto(photo);
    const run = await runKindling(wordsFor(photo), ["sh", "-c", 'exec "$@" > /dev/full', "sh"]);
    expectOneLine(run, /^kindling: the standard output could not be written: its disk is full\. Free some space/);
    expect(run.status).toBe(1);
  });

  test.skipIf(process.platform !== "linux")(
    "of a file behind the standard output that takes a part of a photo alone",
    { timeout },
    async () => {
      const photo = join(scratchFolder(), "dark.jpg");
      await writeDarkPhoto(photo);
      const words = ["enhance", photo, "-m", "he", "-f", "png", "-o", "-"];
      const run = await runKindling(words, ["sh", "-c", `ulimit -f 1; exec "$@" > '${photo}.png'`, "sh"]);
      expectOneLine(run, /the standard output: the file would exceed the size allowed here/);
      expect(run.status).toBe(1);
    },
  );

  test("of a read-only disk, also for a folder that is to be made on it", { timeout }, async (context) => {
    const folder = scratchFolder();
    const photo = join(folder, "dark.jpg");
    await writeDarkPhoto(photo);
    const disk = join(folder, "disk");
    mkdirSync(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "ro", "tmpfs", disk], { stdio: "ignore" });
    } catch {
      context.skip("only root mounts a disk");
    }
    onTestFinished(() => {
      execFileSync("umount", [disk]);
    });
    for (const out of [disk, join(disk, "new/deep")]) {
      const run = await runKindlingHere(["enhance", photo, "-o", out, "-m", "he"]);
      expectOneLine(run, /dark\.jpg: that disk is read-only\. Choose another --out/);
    }
  });
});

test("a cell of a table that a spreadsheet would run is text in it, and read back", { timeout }, async () => {
  const folder = scratchFolder();
  await writePairs(join(folder, "pairs"), ["=1+1", "plain"]);
  const csv = join(folder, "table.csv");
  const { stderr } = await runKindlingHere(["evaluate", "he", "--pairs", join(folder, "pairs"), "--csv", csv]);
  expect(stderr).toBe("");
  expect(readFileSync(csv, "utf8")).toMatch(/^he,'=1\+1,/m);
});

test("directories of Exif that point to one another take no time, in a JPEG and in a TIFF", { timeout }, async () => {
  const folder = scratchFolder();
  const photos = join(folder, "in");
  mkdirSync(photos);
  const picture = sharp({ create: { width: 24, height: 16, channels: 3, background: "#123" } });
  writeFileSync(join(photos, "a.jpg"), fanOfExif(await picture.jpeg().toBuffer()));
  writeFileSync(join(photos, "b.tif"), fanOfTiff(await picture.tiff().toBuffer()));
  const options = ["-m", "he", "-f", "tiff", "--strip-gps"];
  const run = await runKindlingHere(["enhance", photos, "-o", join(folder, "out"), ...options]);
  expect(run.stdout).toContain("2 enhanced in");
});
