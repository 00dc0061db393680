import { expect, test } from "vitest";
import { Places } from "./places.ts";

const { signal } = new AbortController();

test("who waits gets a place in the order of coming, and nobody overtakes", async () => {
  const places = new Places(1);
  const leave = await places.enter(signal);
  const order: string[] = [];
  const waiting = ["second", "third"].map((name) =>
    places.enter(signal).then((leaveToo) => {
      order.push(name);
      leaveToo();
    }),
  );
  leave();
  waiting.push(places.enter(signal).then(() => void order.push("last")));
  await Promise.all(waiting);
  expect(order).toEqual(["second", "third", "last"]);
});

test("who gives up leaves the line, and the place goes to the next", async () => {
  const places = new Places(1);
  const leave = await places.enter(signal);
  const givingUp = new AbortController();
  const first = places.enter(givingUp.signal);
  const second = places.enter(signal);
  givingUp.abort();
  await expect(first).rejects.toMatchObject({ code: "cancelled" });
  leave();
  await expect(second).resolves.toBeTypeOf("function");
  await expect(places.enter(givingUp.signal)).rejects.toMatchObject({ code: "cancelled" });
});
