import { expect, test } from "vitest";
import { MemoryGate } from "./memory-gate.ts";

const megapixel = 1e6;

/** Whether a promise is settled once everything that is due has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(() => {
    settled = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  return settled;
}

test("photos begin while their memory is free, and the next when one is done", async () => {
  // 70 % of 200 MB is room for two photos of a megapixel, not for three.
  const gate = new MemoryGate(200e6);
  const leave = await gate.enter(megapixel, "jpeg");
  await gate.enter(megapixel, "jpeg");
  const third = gate.enter(megapixel, "jpeg");
  expect(await isSettled(third)).toBe(false);
  leave();
  expect(await isSettled(third)).toBe(true);
});

test("a photo that is larger than all memory may go alone", async () => {
  const gate = new MemoryGate(1e6);
  const leave = await gate.enter(100 * megapixel, undefined);
  const second = gate.enter(1, undefined);
  expect(await isSettled(second)).toBe(false);
  leave();
  expect(await isSettled(second)).toBe(true);
});

test("AVIF counts for more", async () => {
  const gate = new MemoryGate(200e6);
  await gate.enter(megapixel, "avif");
  expect(await isSettled(gate.enter(megapixel, "avif"))).toBe(false);
});
