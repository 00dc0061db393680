import { expect, test } from "vitest";
import {
  createNativeState,
  endNativeState,
  inNativeCode,
  keepOutOfNativeCode,
  shareNativeState,
} from "./native-code.ts";

/** Lets what waits look several times. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

test("who stops a thread waits until its modules are loaded and its native work is over, and then keeps it out", async () => {
  const state = createNativeState();
  const events: string[] = [];
  const stopping = keepOutOfNativeCode(state).then(() => events.push("may be stopped"));
  await pause();
  expect(events).toEqual([]);
  let end: () => void = () => undefined;
  shareNativeState(state);
  const working = inNativeCode(() => new Promise<void>((resolve) => (end = resolve)));
  const inner = inNativeCode(async () => events.push("inner work over"));
  await inner;
  await pause();
  expect(events).toEqual(["inner work over"]);
  end();
  await Promise.all([working, stopping]);
  expect(events.at(-1)).toBe("may be stopped");
  await expect(inNativeCode(async () => 1)).rejects.toMatchObject({ code: "cancelled" });
});

test("a thread that died before it began is not waited for", async () => {
  const state = createNativeState();
  endNativeState(state);
  await keepOutOfNativeCode(state);
  shareNativeState(createNativeState());
  expect(await inNativeCode(async () => 2)).toBe(2);
});
