import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { rawPath } from "../photo/raw-path.ts";
import { distinctPaths } from "./distinct-paths.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kindling-paths-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

test("spellings of one path are one, the first; links with names of their own are others", async () => {
  mkdirSync(join(folder, "in"));
  writeFileSync(join(folder, "in/a.jpg"), "");
  symlinkSync("a.jpg", join(folder, "in/b.jpg"));
  symlinkSync("in", join(folder, "again"));
  const first = relative(process.cwd(), join(folder, "in/a.jpg"));
  const spellings = [first, `./${first}`, join(folder, "again/a.jpg"), `${folder}/in/../in/a.jpg`];
  expect(await distinctPaths([...spellings, join(folder, "in/b.jpg"), "gone.jpg", "./gone.jpg", "*.jpg"])).toEqual([
    first,
    join(folder, "in/b.jpg"),
    "gone.jpg",
    "*.jpg",
  ]);
});

test.skipIf(process.platform !== "linux")("a path with lost bytes stands for all that read like it", async () => {
  const names = ["\udce9/\udce9.jpg", "\udce9/\udce8.jpg", "\udce8/a.jpg"];
  for (const name of ["\udce9", "\udce8"]) mkdirSync(rawPath(join(folder, name)));
  for (const name of names) writeFileSync(rawPath(join(folder, name)), "");
  writeFileSync(join(folder, "\ufffd.jpg"), "");
  const found = await distinctPaths([join(folder, "\ufffd/\ufffd.jpg"), join(folder, "\ufffd/a.jpg")]);
  expect(found.sort()).toEqual(names.map((name) => join(folder, name)).sort());
  // A name that really has the replacement in it is meant itself; one that nothing reads like stays as it came.
  expect(await distinctPaths([join(folder, "\ufffd.jpg"), join(folder, "\ufffd.png")])).toEqual([
    join(folder, "\ufffd.jpg"),
    join(folder, "\ufffd.png"),
  ]);
});
