import { expect, test } from "vitest";
import { createHistory } from "./history.ts";

test("what is tried out is shown but is no step; what is settled can be undone and redone", () => {
  const history = createHistory(1);
  history.attempt(2);
  history.attempt(3);
  expect([history.now.value, history.canUndo.value]).toEqual([3, false]);
  history.settle();
  expect(history.canUndo.value).toBe(true);
  history.undo();
  expect([history.now.value, history.canUndo.value, history.canRedo.value]).toEqual([1, false, true]);
  history.redo();
  expect(history.now.value).toBe(3);
});

test("a new step drops what was undone, and settling the same value is none", () => {
  const history = createHistory("a");
  history.settle("b");
  history.settle("b");
  history.undo();
  history.settle("c");
  expect(history.canRedo.value).toBe(false);
  history.undo();
  expect([history.now.value, history.canUndo.value]).toEqual(["a", false]);
});
