import { expect, test } from "vitest";
import { createTask } from "./task.ts";

test("a run shows its progress, then its value; a failure shows its reason and keeps the last value", async () => {
  const { state, run } = createTask<string>();
  expect(state.value).toEqual({ status: "idle", latest: undefined });
  const first = run(async ({ onProgress }) => {
    expect(state.value).toEqual({ status: "working", progress: undefined, latest: undefined });
    onProgress(0.25);
    expect(state.value).toEqual({ status: "working", progress: 0.25, latest: undefined });
    return "first";
  });
  await first;
  expect(state.value).toEqual({ status: "ready", latest: "first" });
  const reason = new Error("no");
  await run(() => Promise.reject(reason));
  expect(state.value).toEqual({ status: "failed", reason, latest: "first" });
});

test("progress that arrives after the result is ignored", async () => {
  const { state, run } = createTask<string>();
  let report: (done: number) => void = () => undefined;
  await run(async ({ onProgress }) => {
    report = onProgress;
    return "done";
  });
  report(0.9);
  expect(state.value).toEqual({ status: "ready", latest: "done" });
});

test("a cancelled run goes back to the state before it, and its late value is freed", async () => {
  const freed: string[] = [];
  const { state, run, cancel } = createTask<string>((value) => freed.push(value));
  await run(async () => "kept");
  const before = state.value;
  let late: (value: string) => void = () => undefined;
  let stopped: AbortSignal | undefined;
  const second = run(({ signal }) => {
    stopped = signal;
    return new Promise((resolve) => {
      late = resolve;
    });
  });
  cancel();
  expect(stopped?.aborted).toBe(true);
  expect(state.value).toEqual(before);
  late("late");
  await second;
  expect([state.value, freed]).toEqual([before, ["late"]]);
});

test("cancelled after a failure it is idle, not failed", async () => {
  const { state, run, cancel } = createTask<string>();
  await run(() => Promise.reject(new Error("no")));
  void run(() => new Promise(() => undefined));
  cancel();
  expect(state.value).toEqual({ status: "idle", latest: undefined });
});

test("a second run cancels the first, and cancelling it goes back to the state before both", async () => {
  const { state, run, cancel } = createTask<string>();
  let first: AbortSignal | undefined;
  void run(({ signal }) => {
    first = signal;
    return new Promise(() => undefined);
  });
  void run(() => new Promise(() => undefined));
  expect(first?.aborted).toBe(true);
  cancel();
  expect(state.value).toEqual({ status: "idle", latest: undefined });
});

test("a value shown during a run stays when the run is cancelled; the value that it replaced is freed", async () => {
  const freed: string[] = [];
  const { state, run, cancel } = createTask<string>((value) => freed.push(value));
  await run(async () => "a");
  void run(({ show }) => {
    show("b");
    return new Promise(() => undefined);
  });
  expect([state.value.status, state.value.latest, freed]).toEqual(["working", "b", ["a"]]);
  cancel();
  expect(state.value).toEqual({ status: "ready", latest: "b" });
});
