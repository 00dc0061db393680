import { expect, test } from "vitest";
import { createTileMemory, keepTileMemory, type TileMemory } from "./tile-memory.ts";

const region = { left: 0, top: 0, width: 2, height: 1 };

/** A source that counts how often it is asked. */
function countingSource() {
  let calls = 0;
  return {
    channels: 1,
    fill: (_: unknown, values: Float32Array) => void values.fill(++calls),
    calls: () => calls,
  };
}

/** Fills the room of a name with a value. */
function fill(memory: TileMemory, name: string, length: number, value: number): Float32Array {
  return memory.fill(name, length, { fill: (_, values) => void values.fill(value) }, region);
}

/** What the room of a name holds. */
function held(memory: TileMemory, name: string, length: number): number[] {
  return [...memory.fill(name, length, { fill: () => undefined }, region)];
}

test("a name has the same memory while it is large enough", () => {
  const memory = createTileMemory();
  const large = fill(memory, "map", 4, 7);
  expect(held(memory, "map", 3)).toEqual([7, 7, 7]);
  expect(fill(memory, "map", 3, 7).buffer).toBe(large.buffer);
  expect(fill(memory, "other", 3, 7).buffer).not.toBe(large.buffer);
  expect(held(memory, "map", 5)).toEqual([0, 0, 0, 0, 0]);
});

test("a region is filled once, and again for another region, source or memory", () => {
  const memory = createTileMemory();
  const [source, other] = [countingSource(), countingSource()];
  for (let i = 0; i < 2; i++) expect([...memory.fill("input", 2, source, { ...region })]).toEqual([1, 1]);
  memory.fill("input", 2, source, { ...region, left: 1 });
  expect(source.calls()).toBe(2);
  memory.fill("input", 2, other, region);
  expect(other.calls()).toBe(1);
  memory.fill("input", 2, source, region);
  expect(source.calls()).toBe(3);
  fill(memory, "input", 3, 0);
  expect([...memory.fill("input", 2, source, region)]).toEqual([4, 4]);
});

test("memory is lent again, but what was filled counts as filled in one work only", async () => {
  const lend = keepTileMemory();
  const source = countingSource();
  const first = await lend(async (memory) => memory.fill("input", 2, source, region));
  const second = await lend(async (memory) => memory.fill("input", 2, source, region));
  expect(second.buffer).toBe(first.buffer);
  expect(source.calls()).toBe(2);
});

test("works at the same time have memory of their own", async () => {
  const lend = keepTileMemory();
  let isSecondDone: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (isSecondDone = resolve));
  const first = lend(async (memory) => {
    const values = fill(memory, "input", 2, 1);
    await waiting;
    return [...values];
  });
  await lend(async (memory) => fill(memory, "input", 2, 2));
  isSecondDone();
  expect(await first).toEqual([1, 1]);
});

test("neither memory of failed work nor a lot of it is kept", async () => {
  const lend = keepTileMemory();
  const failing = lend(async (memory) => {
    fill(memory, "input", 2, 3);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await lend(async (memory) => held(memory, "input", 2))).toEqual([0, 0]);
  await lend(async (memory) => fill(memory, "input", 2, 4));
  expect(await lend(async (memory) => held(memory, "input", 2))).toEqual([4, 4]);
  await lend(async (memory) => fill(memory, "more", 17e6, 0));
  expect(await lend(async (memory) => held(memory, "input", 2))).toEqual([0, 0]);
});
