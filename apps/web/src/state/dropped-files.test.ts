import { expect, test } from "vitest";
import { collectFiles, mostFiles } from "./dropped-files.ts";

const fileEntry = (name: string) => ({
  name,
  isFile: true,
  isDirectory: false,
  file: (found: (file: File) => void) => found(new File([], name)),
});

/** A drop of a folder of so many photos, whose reader gives a hundred at a time. */
function dropOfFolder(photos: number): DataTransfer {
  const inside = Array.from({ length: photos }, (_, i) => fileEntry(`${i}.jpg`));
  const createReader = () => ({ readEntries: (found: (some: unknown[]) => void) => found(inside.splice(0, 100)) });
  const folder = { name: "photos", isFile: false, isDirectory: true, createReader };
  return { items: [{ webkitGetAsEntry: () => folder }], files: [] } as unknown as DataTransfer;
}

test("a folder of more photos than are taken gives the first of them, and tells that there are more", async () => {
  const { files, isCut } = await collectFiles(dropOfFolder(mostFiles + 3));
  expect(isCut).toBe(true);
  expect(files.map(({ name }) => name)).toHaveLength(mostFiles);
  expect(files.at(-1)?.name).toBe(`${mostFiles - 1}.jpg`);
});

test("a folder of as many as are taken is not cut", async () => {
  const { files, isCut } = await collectFiles(dropOfFolder(mostFiles));
  expect(isCut).toBe(false);
  expect(files.length).toBe(mostFiles);
});
