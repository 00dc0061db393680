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

test("keys that follow each other are one step, whatever comes next", () => {
  const history = createHistory(0);
  for (let value = 1; value <= 10; value++) {
    history.attempt(value);
    history.settleSoon();
  }
  history.settle(20);
  history.undo();
  expect(history.now.value).toBe(10);
  history.undo();
  expect([history.now.value, history.canUndo.value]).toEqual([0, false]);
});

test("undo takes back what keys changed just now", () => {
  const history = createHistory(0);
  history.attempt(1);
  history.settleSoon();
  history.undo();
  expect([history.now.value, history.canRedo.value]).toEqual([0, true]);
});
