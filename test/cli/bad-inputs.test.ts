import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { type Finished, runKindling, scratchFolder } from "../support/run-kindling.ts";

/** Root reads and writes everything, so as root the command runs without that privilege. */
const obeyingPermissions = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];

/** A PNG that claims a size its few bytes unpack to only by exhausting memory. */
function bombPng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(1_000_000));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

async function animation(path: string): Promise<string> {
  const frames = Buffer.alloc(20 * 40 * 3, 90);
  frames.fill(20, 0, 20 * 20 * 3);
  await sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } }).toFile(path);
  return path;
}

/** Bad inputs by name, each made in a folder; with what is said of it. */
const badInputs: Readonly<Record<string, readonly [(folder: string) => Promise<string> | string, RegExp]>> = {
  "an empty file": [
    (folder) => {
      writeFileSync(join(folder, "empty.jpg"), "");
      return join(folder, "empty.jpg");
    },
    /empty\. Copy it again/,
  ],
  "a truncated JPEG": [
    async (folder) => {
      const cut = join(folder, "cut.jpg");
      await writeDarkPhoto(cut, { width: 400, height: 300 });
      writeFileSync(cut, readFileSync(cut).subarray(0, -2000));
      return cut;
    },
    /damaged or cut short .*Copy it again/,
  ],
  "a text file named .jpg": [
    (folder) => {
      writeFileSync(join(folder, "notes.jpg"), "Dear diary, it was dark.");
      return join(folder, "notes.jpg");
    },
    /not a photo Kindling can read\. Give it a JPEG/,
  ],
  "a folder without photos": [
    (folder) => {
      mkdirSync(join(folder, "letters/old"), { recursive: true });
      writeFileSync(join(folder, "letters/old/a.txt"), "hello");
      return join(folder, "letters");
    },
    /no photos in this folder/,
  ],
  "a missing path": [(folder) => join(folder, "gone.jpg"), /there is no such file\. Check the path/],
  "an unreadable file": [
    async (folder) => {
      const locked = join(folder, "locked.jpg");
      await writeDarkPhoto(locked);
      chmodSync(locked, 0o000);
      return locked;
    },
    /no permission to read it\. Change its permissions/,
  ],
  "a link that leads in a circle": [
    (folder) => {
      symlinkSync("b.jpg", join(folder, "a.jpg"));
      symlinkSync("a.jpg", join(folder, "b.jpg"));
      return join(folder, "a.jpg");
    },
    /its links lead in a circle/,
  ],
  "a decompression bomb of 60000 x 60000 pixels": [
    (folder) => {
      writeFileSync(join(folder, "bomb.png"), bombPng(60000));
      return join(folder, "bomb.png");
    },
    /60000 x 60000 are 3600 megapixels, more than the 200 allowed\. Raise --max-megapixels/,
  ],
  "a GIF": [
    (folder) => animation(join(folder, "moving.gif")),
    /GIF files are not photos Kindling can read\. Save it as a still/,
  ],
  "an animated WebP": [
    (folder) => animation(join(folder, "moving.webp")),
    /it is an animation of 2 frames\. Save it as a still/,
  ],
};

describe("of bad inputs and a good photo in one run", () => {
  const bad: Record<string, string> = {};
  let folder = "";
  let lines: readonly string[] = [];
  let run: Finished;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
    const good = join(folder, "good.jpg");
    await writeDarkPhoto(good);
    for (const [name, [make]] of Object.entries(badInputs)) bad[name] = await make(folder);
    const words = ["enhance", ...Object.values(bad), good, "-o", join(folder, "out")];
    run = await runKindling(words, obeyingPermissions);
    lines = run.stderr.trimEnd().split("\n");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(Object.keys(badInputs))("%s is named in one clear line", (name) => {
    const told = lines.filter((line) => line.includes(bad[name]!));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(badInputs[name]![1]);
  });

  test("nothing else is said, the good photo is done, and nothing else is left", () => {
    expect(lines).toHaveLength(Object.keys(badInputs).length);
    expect(run.stderr).not.toMatch(/ {4}at |node:|Error:/);
    expect(run.stdout).toContain(`1 enhanced, ${lines.length} failed`);
    expect(readdirSync(join(folder, "out")).sort()).toEqual([".kindling.jsonl", "good.jpg"]);
    expect(run.status).toBe(1);
  });
});

describe("an output that cannot be written", () => {
  test("because its folder may not be written to names the folder and the remedy, and leaves nothing", async () => {
    const folder = scratchFolder();
    const photo = join(folder, "dark.jpg");
    await writeDarkPhoto(photo);
    const out = join(folder, "locked");
    mkdirSync(out);
    chmodSync(out, 0o555);
    const { status, stderr } = await runKindling(["enhance", photo, "-o", out], obeyingPermissions);
    expect(stderr).toMatch(/dark\.jpg: no permission to write there\. Choose another --out/);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(readdirSync(out)).toEqual([]);
    expect(status).toBe(1);
  });

  test("because its folder may not be entered names the folder, and no hidden file of it", async () => {
    const folder = scratchFolder();
    const photo = join(folder, "dark.jpg");
    await writeDarkPhoto(photo);
    const out = join(folder, "locked");
    mkdirSync(out);
    chmodSync(out, 0o000);
    for (const below of [out, join(out, "new/deep")]) {
      const { status, stderr } = await runKindling(["enhance", photo, "-o", below], obeyingPermissions);
      const reason = "no permission to write there. Choose another --out or change its permissions.";
      expect(stderr).toBe(`kindling: ${below}: ${reason}\n`);
      expect(status).toBe(1);
    }
  });

  test("because a file is in the place of its folder says so", async () => {
    const folder = scratchFolder();
    const photo = join(folder, "dark.jpg");
    await writeDarkPhoto(photo);
    writeFileSync(join(folder, "taken"), "");
    const { status, stderr } = await runKindling(["enhance", photo, "-o", join(folder, "taken")]);
    expect(stderr).toMatch(/is a file, not a folder\. Choose another --out/);
    expect(status).toBe(1);
  });

  test("because the disk is full says so, leaves no half file, and the photos that fit are kept", async () => {
    const folder = scratchFolder();
    for (const name of ["small.jpg", "large.png"]) {
      const side = name === "small.jpg" ? 40 : 500;
      await writeDarkPhoto(join(folder, "photos", name), { width: side, height: side });
    }
    const { out, through } = smallDisk(folder);
    const { status, stdout, stderr } = await runKindling(
      ["enhance", join(folder, "photos"), "-o", out, "-j", "1"],
      through,
    );
    expect(stderr).toMatch(/large\.png: (the disk is full\. Free some space|the file would exceed the size allowed)/);
    expect(stdout).toContain("1 enhanced, 1 failed");
    expect(readdirSync(out).sort()).toEqual([".kindling.jsonl", "small.jpg"]);
    expect(status).toBe(1);
  });
});

/** A folder with room for some kilobytes: a disk of its own where one can be mounted, else a bound on the size of files. */
function smallDisk(folder: string): { out: string; through: string[] } {
  const out = join(folder, "disk");
  mkdirSync(out);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", out], { stdio: "ignore" });
    onTestFinished(() => {
      execFileSync("umount", [out]);
    });
    return { out, through: [] };
  } catch {
    expect(existsSync(out)).toBe(true);
    // Blocks of 512 bytes or 1 kB, as the shell counts; either way the larger result does not fit.
    return { out, through: ["sh", "-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "sh"] };
  }
}
