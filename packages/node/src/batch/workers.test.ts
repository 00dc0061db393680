import { KindlingError } from "@kindling/core";
import { nextTurn, throwIfCancelled } from "@kindling/core/internal";
import { expect, test } from "vitest";
import type { Job, JobProgress } from "./job.ts";
import { runJob } from "./run-job.ts";
import { openWorkers, useCallingThread } from "./workers.ts";

type Steps = Job<{ readonly input: string }, number>;

/** Work of so many steps, which shares its thread between them. */
const takeSteps = async ({ treatment: steps, port }: Steps, signal: AbortSignal) => {
  for (let step = 1; step <= steps; step++) {
    throwIfCancelled(signal);
    port.postMessage(step / steps);
    await nextTurn();
  }
  return steps;
};
const work = {
  file: new URL("file:///none.js"),
  name: "takeSteps",
  load: async () => (job: Steps) => runJob(job, takeSteps),
};
const photo = { input: "dark.jpg" };

test("work on the calling thread tells its progress and its result", async () => {
  const told: JobProgress[] = [];
  const options = { signal: new AbortController().signal, onProgress: (done: JobProgress) => void told.push(done) };
  expect(await useCallingThread().run(work, photo, 4, options)).toEqual({ ok: true, result: 4 });
  expect(told).toEqual([0.25, 0.5, 0.75, 1]);
});

test("work on the calling thread is cancelled between two of its steps", async () => {
  const stopping = new AbortController();
  let last: JobProgress = 0;
  const onProgress = (done: JobProgress) => {
    last = done;
    if (done === 0.03) stopping.abort();
  };
  const workers = useCallingThread();
  const outcome = await workers.run(work, photo, 100, { signal: stopping.signal, onProgress });
  expect(outcome).toMatchObject({ ok: false, code: "cancelled" });
  expect(last).toBeLessThan(0.1);
  await workers.close();
});

test("jobs whose threads cannot start fail with the reason, each, and do not wait for ever", async () => {
  const workers = await openWorkers(2, ["--import", "data:text/javascript,throw new Error('no room')"]);
  const { signal } = new AbortController();
  const outcomes = await Promise.all([1, 2, 3].map(() => workers.run(work, photo, 1, { signal })));
  const expected = { ok: false, code: "internal", message: "dark.jpg: its worker thread stopped: no room." };
  expect(outcomes).toEqual([expected, expected, expected]);
  expect(await workers.run(work, photo, 1, { signal })).toEqual(expected);
  await workers.close();
});

test("a failure on the calling thread is an outcome with its code", async () => {
  const refuse = async () => {
    throw new KindlingError("damaged", "dark.jpg: cut short.");
  };
  const broken = { ...work, load: async () => (job: Steps) => runJob(job, refuse) };
  const { signal } = new AbortController();
  const outcome = await useCallingThread().run(broken, photo, 1, { signal });
  expect(outcome).toEqual({ ok: false, code: "damaged", message: "dark.jpg: cut short." });
});
