import { expect, test } from "vitest";
import { finish, follow, type Steps, within } from "./steps.ts";

function* counting(steps: number, busyMs = 0): Steps<string> {
  for (let i = 1; i <= steps; i++) {
    const until = performance.now() + busyMs;
    while (performance.now() < until);
    yield i / steps;
  }
  return "done";
}

test("finish runs every step and gives the result", () => {
  expect(finish(counting(3))).toBe("done");
});

test("follow reports the progress after each step", async () => {
  const reported: number[] = [];
  expect(await follow(counting(4), { onProgress: (done) => reported.push(done) })).toBe("done");
  expect(reported).toEqual([0.25, 0.5, 0.75, 1]);
});

test("follow lets events in at least once a frame, so that a signal raised by a timer is seen", async () => {
  const cancelling = new AbortController();
  setTimeout(() => cancelling.abort("enough"), 30);
  const reported: number[] = [];
  const work = follow(counting(200, 5), { signal: cancelling.signal, onProgress: (done) => reported.push(done) });
  await expect(work).rejects.toMatchObject({ code: "cancelled", cause: "enough" });
  expect(reported.length).toBeLessThan(100);
});

test("follow does not begin once the signal is raised", async () => {
  let begun = false;
  function* work(): Steps<void> {
    begun = true;
    yield 1;
  }
  await expect(follow(work(), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
  expect(begun).toBe(false);
});

test("within scales progress to its part and hands the result through", () => {
  const part = within(0.5, 0.9, counting(2));
  expect([part.next(), part.next(), part.next()]).toEqual([
    { done: false, value: 0.7 },
    { done: false, value: 0.9 },
    { done: true, value: "done" },
  ]);
});
