import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { copyBatch, writeStandIns } from "../support/copy-batch.ts";
import { scratchFolder } from "../support/run-kindling.ts";

describe("results of earlier runs are not photos:", () => {
  test.each([
    ["a folder", (folder: string) => folder],
    ["a pattern", (folder: string) => `${folder}/**/*.jpg`],
  ])("in %s, folders with a journal are left out and told", async (_, inputOf) => {
    const folder = scratchFolder();
    writeStandIns(folder, "a.jpg", "b/c.jpg");
    await copyBatch([folder], join(folder, "enhanced"));
    const { outputs, notices } = await copyBatch([inputOf(folder)], join(folder, "lit"));
    expect(outputs).toEqual([join(folder, "lit/a.jpg"), join(folder, "lit/b/c.jpg")]);
    expect(notices).toEqual([
      {
        path: join(folder, "enhanced"),
        message: "left out: it holds results of this command. Name it to work on them.",
      },
    ]);
    const named = await copyBatch([join(folder, "enhanced")], join(folder, "again"));
    expect(named.summary.finished).toBe(2);
    expect(named.notices).toMatchObject([{ message: expect.stringMatching(/worked on again because it was named/) }]);
  });

  test("nor are results beside their photos", async () => {
    const folder = scratchFolder();
    writeStandIns(folder, "a.jpg", "b.jpg");
    const beside = { suffix: "-lit" };
    const first = await copyBatch([folder], folder, beside);
    expect(first.outputs).toEqual([join(folder, "a-lit.jpg"), join(folder, "b-lit.jpg")]);
    writeStandIns(folder, "c.jpg");
    const second = await copyBatch([folder], folder, beside);
    expect(second.outputs).toEqual([join(folder, "c-lit.jpg")]);
    expect(second.summary).toMatchObject({ doneBefore: 2, failed: 0 });
    expect(second.notices).toEqual([{ path: folder, message: "2 results of earlier runs in it left out." }]);
  });
});

describe("links to folders", () => {
  function linkedFolders(): string {
    const folder = scratchFolder();
    writeStandIns(folder, "photos/sub/a.jpg", "elsewhere/b.jpg");
    symlinkSync("..", join(folder, "photos/sub/loop"));
    symlinkSync("sub", join(folder, "photos/again"));
    symlinkSync("../elsewhere", join(folder, "photos/linked"));
    symlinkSync("../photos", join(folder, "elsewhere/back"));
    symlinkSync("../..", join(folder, "photos/up"));
    return folder;
  }

  test("are followed once and told, and photos come by their own path", async () => {
    const folder = linkedFolders();
    const photos = join(folder, "photos");
    const { outputs, notices } = await copyBatch([photos], join(folder, "out"));
    expect(outputs).toEqual([join(folder, "out/sub/a.jpg"), join(folder, "out/linked/b.jpg")]);
    const told = new Map(notices.map(({ path, message }) => [path.slice(photos.length + 1), message]));
    expect([...told.keys()].sort()).toEqual(["again", "linked", "linked/back", "sub/loop", "up"]);
    expect(told.get("linked")).toBe(`link followed to ${join(folder, "elsewhere")}.`);
    for (const link of ["again", "linked/back", "sub/loop", "up"])
      expect(told.get(link)).toMatch(/not followed: it leads back to/);
  });

  test("lead a pattern to each photo once", async () => {
    const folder = linkedFolders();
    const photos = join(folder, "photos");
    const { outputs, notices } = await copyBatch([`${photos}/**/*.jpg`], join(folder, "out"));
    expect(outputs).toEqual([join(folder, "out/linked/b.jpg"), join(folder, "out/sub/a.jpg")]);
    const told = new Map(notices.map(({ path, message }) => [path.slice(photos.length + 1), message]));
    expect([...told.keys()].sort()).toEqual(["again/loop", "linked", "linked/back", "sub/loop", "up"]);
    expect(told.get("linked/back")).toMatch(/not followed: it lies in a linked folder/);
    for (const link of ["again/loop", "sub/loop", "up"])
      expect(told.get(link)).toMatch(/not followed: it leads back to/);
  });

  test("that lead to one another lead to each photo once", async () => {
    const folder = scratchFolder();
    writeStandIns(folder, "photos/a.jpg", "shelf/one/b.jpg", "shelf/two/c.jpg");
    symlinkSync("../shelf/one", join(folder, "photos/first"));
    symlinkSync("../shelf", join(folder, "photos/second"));
    const { outputs } = await copyBatch([join(folder, "photos")], join(folder, "out"));
    expect(outputs).toEqual([
      join(folder, "out/a.jpg"),
      join(folder, "out/first/b.jpg"),
      join(folder, "out/second/two/c.jpg"),
    ]);
  });

  test("into the output folder are not followed", async () => {
    const folder = scratchFolder();
    writeStandIns(folder, "photos/a.jpg", "out/sub/b.jpg");
    symlinkSync("../out/sub", join(folder, "photos/link"));
    mkdirSync(join(folder, "out"), { recursive: true });
    const { outputs } = await copyBatch([join(folder, "photos")], join(folder, "out"));
    expect(outputs).toEqual([join(folder, "out/a.jpg")]);
  });
});
