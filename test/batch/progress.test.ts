import { join } from "node:path";
import { expect, test } from "vitest";
import { copyBatch, writeStandIns } from "../support/copy-batch.ts";
import { scratchFolder } from "../support/run-kindling.ts";

test("progress moves during one photo whose work reports nothing", async () => {
  const folder = scratchFolder();
  writeStandIns(folder, "a.jpg");
  const { progress } = await copyBatch([join(folder, "a.jpg")], join(folder, "out"), { ms: 1500 });
  expect(new Set(progress.filter((share) => share > 0 && share < 1)).size).toBeGreaterThanOrEqual(3);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
});
