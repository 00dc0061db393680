import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { makeFolder } from "./make-folder.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kindling-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

test("a folder is made with those above it; once there it is not new", async () => {
  const path = join(folder, "a", "b", "c");
  expect(await makeFolder(path)).toBe(true);
  expect(existsSync(path)).toBe(true);
  expect(await makeFolder(path)).toBe(false);
});

test("of many at once, all find it made", async () => {
  const path = join(folder, "a", "b");
  await Promise.all(Array.from({ length: 20 }, () => makeFolder(path)));
  expect(existsSync(path)).toBe(true);
});

test("a file in the way is the system's error", async () => {
  writeFileSync(join(folder, "file"), "");
  await expect(makeFolder(join(folder, "file"))).rejects.toMatchObject({ code: "EEXIST" });
  await expect(makeFolder(join(folder, "file", "a", "b"))).rejects.toMatchObject({ code: "ENOTDIR" });
});

test.runIf(existsSync("/proc/self"))("a place where nothing can be made is refused and does not hang", async () => {
  await expect(makeFolder("/proc/kindling/a")).rejects.toMatchObject({ code: "ENOENT" });
});
