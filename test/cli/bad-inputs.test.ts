import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { type Finished, runKindling, scratchFolder } from "../support/run-kindling.ts";

/** Root reads and writes everything, so as root the command runs without that privilege. */
const obeyingPermissions = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];

/** Enhances a bad input together with a good photo. */
async function besideAGoodPhoto(
  make: (folder: string) => Promise<string> | string,
  through: readonly string[] = [],
): Promise<Finished & { bad: string; out: string }> {
  const folder = scratchFolder();
  const good = join(folder, "good.jpg");
  await writeDarkPhoto(good);
  const bad = await make(folder);
  const out = join(folder, "out");
  return { ...(await runKindling(["enhance", bad, good, "-o", out], through)), bad, out };
}

/** What every bad input must come to: one line with its name, the other photo done, nothing else left, no stack trace. */
function expectOneClearLine(
  { status, stdout, stderr, bad, out }: Awaited<ReturnType<typeof besideAGoodPhoto>>,
  reason: RegExp,
): void {
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain(bad);
  expect(stderr).toMatch(reason);
  expect(stderr).not.toMatch(/ {4}at |node:|Error:/);
  expect(stdout).toContain("1 enhanced, 1 failed");
  expect(readdirSync(out).sort()).toEqual([".kindling.jsonl", "good.jpg"]);
  expect(status).toBe(1);
}

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

describe("a bad input is named in one clear line and the other photo is done", () => {
  test("an empty file", async () => {
    const run = await besideAGoodPhoto((folder) => {
      writeFileSync(join(folder, "empty.jpg"), "");
      return join(folder, "empty.jpg");
    });
    expectOneClearLine(run, /empty\. Copy it again/);
  });

  test("a truncated JPEG", async () => {
    const run = await besideAGoodPhoto(async (folder) => {
      const cut = join(folder, "cut.jpg");
      await writeDarkPhoto(cut, { width: 400, height: 300 });
      writeFileSync(cut, readFileSync(cut).subarray(0, -2000));
      return cut;
    });
    expectOneClearLine(run, /damaged or cut short .*Copy it again/);
  });

  test("a text file named .jpg", async () => {
    const run = await besideAGoodPhoto((folder) => {
      writeFileSync(join(folder, "notes.jpg"), "Dear diary, it was dark.");
      return join(folder, "notes.jpg");
    });
    expectOneClearLine(run, /not a photo Kindling can read\. Give it a JPEG/);
  });

  test("a folder without photos", async () => {
    const run = await besideAGoodPhoto((folder) => {
      mkdirSync(join(folder, "letters/old"), { recursive: true });
      writeFileSync(join(folder, "letters/old/a.txt"), "hello");
      return join(folder, "letters");
    });
    expectOneClearLine(run, /no photos in this folder/);
  });

  test("a missing path", async () => {
    const run = await besideAGoodPhoto((folder) => join(folder, "gone.jpg"));
    expectOneClearLine(run, /there is no such file\. Check the path/);
  });

  test("an unreadable file", async () => {
    const run = await besideAGoodPhoto(async (folder) => {
      const locked = join(folder, "locked.jpg");
      await writeDarkPhoto(locked);
      chmodSync(locked, 0o000);
      return locked;
    }, obeyingPermissions);
    expectOneClearLine(run, /no permission to read it\. Change its permissions/);
  });

  test("a link that leads in a circle", async () => {
    const run = await besideAGoodPhoto((folder) => {
      symlinkSync("b.jpg", join(folder, "a.jpg"));
      symlinkSync("a.jpg", join(folder, "b.jpg"));
      return join(folder, "a.jpg");
    });
    expectOneClearLine(run, /its links lead in a circle/);
  });

  test("a decompression bomb of 60000 x 60000 pixels", async () => {
    const run = await besideAGoodPhoto((folder) => {
      writeFileSync(join(folder, "bomb.png"), bombPng(60000));
      return join(folder, "bomb.png");
    });
    expectOneClearLine(run, /60000 x 60000 are 3600 megapixels, more than the 200 allowed\. Raise --max-megapixels/);
  });

  test("a GIF", async () => {
    const run = await besideAGoodPhoto((folder) => animation(join(folder, "a.gif")));
    expectOneClearLine(run, /GIF files are not photos Kindling can read\. Save it as a still/);
  });

  test("an animated WebP", async () => {
    const run = await besideAGoodPhoto((folder) => animation(join(folder, "a.webp")));
    expectOneClearLine(run, /it is an animation of 2 frames\. Save it as a still/);
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
