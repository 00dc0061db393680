import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRunFolder } from "./open-run-folder.ts";

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindling-run-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const textOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

test("a run's folder appears with its first file, and files are replaced whole", async () => {
  const folder = join(scratchFolder(), "run");
  const store = openRunFolder(folder);
  await store.removeAbandoned();
  expect([await store.read("a.txt"), await store.list("samples"), existsSync(folder)]).toEqual([undefined, [], false]);
  await store.write("a.txt", "long text");
  await store.write("a.txt", "text");
  await store.append("a.txt", " more");
  await store.write("samples/b.bin", Uint8Array.of(7));
  expect(textOf(await store.read("a.txt"))).toBe("text more");
  expect(await store.list("samples")).toEqual(["b.bin"]);
  expect(readdirSync(folder).sort()).toEqual(["a.txt", "samples"]);
  expect(store.locate("a.txt")).toBe(join(folder, "a.txt"));
});

test("what a killed process left half written is removed, and a place that cannot be written is named", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, ".a.txt.12345678.4194304.kindling-part"), "half");
  mkdirSync(join(folder, "taken"));
  const store = openRunFolder(folder);
  await store.removeAbandoned();
  expect(readdirSync(folder)).toEqual(["taken"]);
  await expect(store.write("taken", "text")).rejects.toMatchObject({ code: "unwritable" });
  await expect(store.append("taken", "text")).rejects.toThrow(/taken: a folder of that name/);
  await expect(store.read("taken")).rejects.toMatchObject({ code: "not-a-photo" });
});
