import { afterEach, expect, test } from "vitest";
import { freeValues } from "./free-values.ts";

/** Left out by Node 20. */
const prototype: { transfer?: unknown } = ArrayBuffer.prototype;
const { transfer } = prototype;
afterEach(() => {
  if (transfer) prototype.transfer = transfer;
  else delete prototype.transfer;
});

test("values are empty once they are freed, with and without a runtime that can transfer memory", async () => {
  const values = new Float32Array(1000);
  freeValues(values);
  expect(values.length).toBe(0);
  // Stands for Node 24 where the tests run in Node 20, and the other way round.
  prototype.transfer = transfer
    ? undefined
    : function (this: ArrayBuffer) {
        return structuredClone(this, { transfer: [this] });
      };
  const others = new Float32Array(1000);
  freeValues(others);
  expect(others.length).toBe(0);
});

test("memory that others use too is left to them", () => {
  const all = Float32Array.of(1, 2, 3);
  freeValues(all.subarray(1));
  expect([...all]).toEqual([1, 2, 3]);
  const shared = new Float32Array(new SharedArrayBuffer(8));
  freeValues(shared);
  expect(shared.length).toBe(2);
});
