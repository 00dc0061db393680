import { expect, test } from "vitest";
import { emberCells, emberTones } from "./facts.ts";
import { createRestorer } from "./gain-field.ts";

const cells = emberCells ** 2;
const even = (planes: number, value: number) => new Float32Array(planes * cells).fill(value);

/** The square roots of a pixel of the roots 0.6, 0.4 and 0.1, restored with this factor of saturation. */
function restored(saturation: number): number[] {
  const picture = { width: 1, height: 1, channels: 3 as const, samples: Float32Array.of(0.36, 0.16, 0.01) };
  const grids = { gains: even(emberTones, 1), balance: even(3, 1), saturation: even(1, saturation) };
  let found: number[] = [];
  const restore = createRestorer(picture, { ...grids, brightness: 0.2, share: 1 }, (_y, _from, _to, rows) => {
    found = [rows.red[0], rows.green[0], rows.blue[0]];
  });
  const nothing = { detail: new Float32Array(3), confidence: Float32Array.of(1) };
  restore(0, 0, 1, { ...nothing, red: 0, green: 1, blue: 2, sure: 0 });
  return found;
}

test.each([
  [1, [0.6, 0.4, 0.1]],
  [0.5, [0.6, 0.5, 0.35]],
  // Of the blue 0.6 - 2 * 0.5 would be left, which is below black.
  [2, [0.6, 0.2, 0]],
])("a saturation of %s moves channels from the greatest one, which stays", (saturation, expected) => {
  for (const [c, root] of restored(saturation).entries()) expect(root).toBeCloseTo(expected[c], 6);
});
