import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { copyBatch, writeStandIns } from "../support/copy-batch.ts";
import { scratchFolder } from "../support/run-kindling.ts";

describe("results stay inside the output folder", () => {
  test("with a pattern whose fixed part has escaped brackets", async () => {
    const folder = scratchFolder();
    writeStandIns(folder, "w[1]/a.jpg");
    const { outputs } = await copyBatch([`${folder}/w\\[1\\]/*.jpg`], join(folder, "res"), { overwrite: true });
    expect(outputs).toEqual([join(folder, "res/a.jpg")]);
    expect(readFileSync(join(folder, "w[1]/a.jpg"), "utf8")).toBe("w[1]/a.jpg");
  });

  test("with a pattern that leads out of its own folder", async () => {
    const folder = scratchFolder();
    writeStandIns(folder, "a/x/1.jpg", "b/2.jpg");
    const { outputs } = await copyBatch([`${folder}/a/*/../../b/*.jpg`], join(folder, "deep/res"));
    expect(outputs).toEqual([join(folder, "deep/res/b/2.jpg")]);
  });

  test("with a suffix", async () => {
    const folder = scratchFolder();
    writeStandIns(folder, "a.jpg");
    const escaping = copyBatch([join(folder, "a.jpg")], join(folder, "res"), { suffix: "/../../b" });
    await expect(escaping).rejects.toMatchObject({
      code: "invalid-option",
      message: expect.stringContaining("--suffix"),
    });
  });

  test("below a linked folder nothing is written, and the other photos are done", async () => {
    const folder = scratchFolder();
    writeStandIns(folder, "photos/a.jpg", "photos/sub/b.jpg");
    const [out, elsewhere] = [join(folder, "out"), join(folder, "elsewhere")];
    mkdirSync(out);
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(out, "sub"));
    const { summary, failures } = await copyBatch([join(folder, "photos")], out, { overwrite: true });
    expect(summary).toMatchObject({ finished: 1, failed: 1 });
    expect(failures).toMatchObject([{ code: "unwritable" }]);
    expect(failures[0]?.message).toMatch(/b\.jpg: .*sub leads out of .*out, where results stay\. Replace the link/);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test("a link in the place of a result is somebody's, even if it leads nowhere", async () => {
    const folder = scratchFolder();
    writeStandIns(folder, "a.jpg");
    const out = join(folder, "out");
    mkdirSync(out);
    symlinkSync(join(folder, "gone.jpg"), join(out, "a.jpg"));
    expect((await copyBatch([join(folder, "a.jpg")], out)).failures).toMatchObject([{ code: "exists" }]);
    expect(readlinkSync(join(out, "a.jpg"))).toBe(join(folder, "gone.jpg"));
    expect(existsSync(join(folder, "gone.jpg"))).toBe(false);
  });

  test("a named result does not replace a file of another program unasked", async () => {
    const folder = scratchFolder();
    writeStandIns(folder, "a.jpg", "mine.jpg");
    const [photo, mine] = [join(folder, "a.jpg"), join(folder, "mine.jpg")];
    const refused = await copyBatch([photo], mine);
    expect(refused.failures).toMatchObject([{ code: "exists", message: expect.stringContaining("--overwrite") }]);
    expect(readFileSync(mine, "utf8")).toBe("mine.jpg");
    expect((await copyBatch([photo], mine, { overwrite: true })).summary.finished).toBe(1);
  });
});
