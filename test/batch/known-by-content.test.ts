import { appendFileSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { copyBatch, writeStandIns } from "../support/copy-batch.ts";
import { scratchFolder } from "../support/run-kindling.ts";

function folderOfPhotos(...names: readonly string[]): string {
  const folder = join(scratchFolder(), "photos");
  writeStandIns(folder, ...names);
  return folder;
}

const inPlace = { overwrite: true };

/** Changes the last letter and leaves size and time as they are. */
function changeSecretly(path: string): void {
  const { atime, mtime } = statSync(path);
  writeFileSync(path, `${readFileSync(path, "utf8").slice(0, -1)}?`);
  utimesSync(path, atime, mtime);
}

describe("a photo that is replaced by its result is worked on once", () => {
  test("in a folder, however the folder is named, and if one below it is named", async () => {
    const photos = folderOfPhotos("a.jpg", "sub/b.png");
    expect((await copyBatch([photos], photos, inPlace)).summary.finished).toBe(2);
    const link = join(dirname(photos), "link");
    symlinkSync(photos, link);
    for (const [input, out] of [
      [photos, photos],
      [link, link],
      [link, photos],
    ] as const) {
      const again = await copyBatch([input], out, inPlace);
      expect(again.summary).toMatchObject({ finished: 0, failed: 0, doneBefore: 2 });
    }
    const below = await copyBatch([join(photos, "sub")], join(photos, "sub"), inPlace);
    expect(below.failures).toMatchObject([{ code: "exists", message: expect.stringMatching(/is a result of this/) }]);
    expect(readFileSync(join(photos, "a.jpg"), "utf8")).toBe("a.jpg+");
    expect(readFileSync(join(photos, "sub/b.png"), "utf8")).toBe("sub/b.png+");
  });

  test("as a file", async () => {
    const photo = join(folderOfPhotos("a.jpg"), "a.jpg");
    expect((await copyBatch([photo], photo, inPlace)).summary.finished).toBe(1);
    expect((await copyBatch([photo], photo, inPlace)).summary.doneBefore).toBe(1);
    expect(readFileSync(photo, "utf8")).toBe("a.jpg+");
  });

  test("with other settings it stays and is told; a new photo in its place is worked on", async () => {
    const photos = folderOfPhotos("a.jpg");
    await copyBatch([photos], photos, inPlace);
    const other = await copyBatch([photos], photos, { ...inPlace, mark: "!" });
    expect(other.failures).toMatchObject([{ code: "exists" }]);
    expect(readFileSync(join(photos, "a.jpg"), "utf8")).toBe("a.jpg+");
    writeStandIns(photos, "a.jpg");
    expect((await copyBatch([photos], photos, { ...inPlace, mark: "!" })).summary.finished).toBe(1);
  });

  test("if a run is killed between the journal's line and the result, the photo is worked on", async () => {
    const photos = folderOfPhotos("a.jpg");
    await copyBatch([photos], photos, inPlace);
    writeStandIns(photos, "a.jpg");
    expect((await copyBatch([photos], photos, inPlace)).summary.finished).toBe(1);
    expect(readFileSync(join(photos, "a.jpg"), "utf8")).toBe("a.jpg+");
  });
});

describe("photos and results are known by their content:", () => {
  test("another photo of the same size and time is worked on, the same one with another time is not", async () => {
    const photos = folderOfPhotos("a.jpg");
    const out = join(dirname(photos), "out");
    await copyBatch([photos], out);
    utimesSync(join(photos, "a.jpg"), new Date(), new Date(Date.now() + 5000));
    expect((await copyBatch([photos], out)).summary).toMatchObject({ finished: 0, doneBefore: 1 });
    changeSecretly(join(photos, "a.jpg"));
    expect((await copyBatch([photos], out)).summary).toMatchObject({ finished: 1, doneBefore: 0 });
  });

  test("a file of the size of a result is not taken for it, such as that of other settings", async () => {
    const photos = folderOfPhotos("a.jpg");
    const out = join(dirname(photos), "out");
    await copyBatch([photos], out);
    changeSecretly(join(out, "a.jpg"));
    const { summary, failures } = await copyBatch([photos], out);
    expect(summary.doneBefore).toBe(0);
    expect(failures).toMatchObject([{ code: "exists" }]);
  });

  test("a result that never reached its place is made; an older one there is still known", async () => {
    const photos = folderOfPhotos("a.jpg");
    const out = join(dirname(photos), "out");
    await copyBatch([photos], out);
    // The line of a result of other settings, whose move failed.
    const journal = join(out, ".kindling.jsonl");
    const [line] = readFileSync(journal, "utf8").split("\n").filter(Boolean);
    await copyBatch([photos], join(dirname(photos), "other"), { mark: "!" });
    const [failed] = readFileSync(join(dirname(photos), "other/.kindling.jsonl"), "utf8")
      .split("\n")
      .filter(Boolean);
    appendFileSync(journal, `\n${failed}`);
    expect(line).not.toBe(failed);
    expect((await copyBatch([photos], out)).summary.doneBefore).toBe(1);
    expect((await copyBatch([photos], out, { mark: "!" })).summary.finished).toBe(1);
  });
});

describe("a photo that is replaced while it is worked on", () => {
  test("is worked on by the next run", async () => {
    const photos = folderOfPhotos("a.jpg");
    const out = join(dirname(photos), "out");
    await copyBatch([photos], out, { replacement: "new" });
    expect(readFileSync(join(out, "a.jpg"), "utf8")).toBe("a.jpg+");
    expect((await copyBatch([photos], out)).summary).toMatchObject({ finished: 1, doneBefore: 0 });
    expect(readFileSync(join(out, "a.jpg"), "utf8")).toBe("new+");
  });

  test("stays if its result would take its place", async () => {
    const photos = folderOfPhotos("a.jpg");
    const { failures } = await copyBatch([photos], photos, { ...inPlace, replacement: "new" });
    expect(failures).toMatchObject([{ code: "exists", message: expect.stringMatching(/was changed while/) }]);
    expect(readFileSync(join(photos, "a.jpg"), "utf8")).toBe("new");
  });
});
