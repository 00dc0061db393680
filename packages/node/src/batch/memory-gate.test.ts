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

test.each([1.5e18, Number.NaN, -4056555065339045000, Infinity])(
  "a header that claims %s pixels holds nobody up for ever",
  async (claimed) => {
    const gate = new MemoryGate(1e9);
    const queue = [claimed, 1_151_506, claimed, 1536, 51_942, 1e9, 5].values();
    const lane = async (turns: number) => {
      for (const pixels of queue) {
        const leave = await gate.enter(pixels);
        for (let turn = 0; turn < turns; turn++) await undefined;
        leave();
      }
    };
    expect(await isSettled(Promise.all([lane(3), lane(4)]))).toBe(true);
  },
);
