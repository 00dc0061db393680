import { expect, test } from "vitest";
import { cpuSeconds } from "../../../../test/support/cpu-seconds.ts";
import { viewOf } from "./byte-list.ts";
import { directoryTags, firstDirectory, type LooseField, liftFields } from "./tiff-directory.ts";

/** A TIFF structure of directories of equal length, one behind the other; `value` fills in each entry. */
function directories(
  count: number,
  entries: number,
  entry: (directory: number, index: number) => { tag: number; type: number; values: number; at: number },
): { bytes: Uint8Array; placeOf: (directory: number) => number } {
  const size = 2 + 12 * entries + 4;
  const placeOf = (directory: number) => 8 + directory * size;
  const bytes = new Uint8Array(placeOf(count));
  const view = viewOf(bytes);
  bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  for (let directory = 0; directory < count; directory++) {
    view.setUint16(placeOf(directory), entries, true);
    for (let index = 0; index < entries; index++) {
      const { tag, type, values, at } = entry(directory, index);
      const entryAt = placeOf(directory) + 2 + 12 * index;
      view.setUint16(entryAt, tag, true);
      view.setUint16(entryAt + 2, type, true);
      view.setUint32(entryAt + 4, values, true);
      view.setUint32(entryAt + 8, at, true);
    }
  }
  return { bytes, placeOf };
}

function lift(bytes: Uint8Array): LooseField[] {
  const main = firstDirectory(bytes, true);
  if (!main) throw new Error("not a TIFF");
  return liftFields(bytes, main, true);
}

const countDirectories = (fields: readonly LooseField[]): number =>
  fields.reduce((sum, field) => sum + ("directory" in field ? 1 + countDirectories(field.directory) : 0), 0);

const valueBytes = (fields: readonly LooseField[]): number =>
  fields.reduce((sum, field) => sum + ("directory" in field ? valueBytes(field.directory) : field.value.length), 0);

test("directories that point to one another are lifted once each, in no time", () => {
  const size = 2 + 12 * 60 + 4;
  const { bytes } = directories(6, 60, (_, index) => ({
    tag: directoryTags.exif,
    type: 4,
    values: 1,
    at: 8 + (index % 6) * size,
  }));
  expect(countDirectories(lift(bytes))).toBe(5);
  expect(cpuSeconds(() => lift(bytes))).toBeLessThan(0.5);
});

test("directories that lie over one another give no more fields than the file has room for", () => {
  // Every entry points into the middle of the table, where its own bytes are read as another directory.
  const { bytes } = directories(1, 5000, (_, index) => ({
    tag: directoryTags.gps,
    type: 4,
    values: 1,
    at: 8 + 12 * index,
  }));
  expect(cpuSeconds(() => lift(bytes))).toBeLessThan(0.5);
});

test("values that lie over one another give no more bytes than the file has", () => {
  const { bytes } = directories(1, 5000, () => ({ tag: 0x010e, type: 2, values: 50_000, at: 8 }));
  expect(valueBytes(lift(bytes))).toBeLessThanOrEqual(bytes.length);
});
