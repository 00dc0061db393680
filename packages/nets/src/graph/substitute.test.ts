import { describe, expect, it } from "vitest";
import { add, mul, sigmoid } from "./builders.ts";
import { createGraph, nodesOf } from "./graph.ts";
import { substitute } from "./substitute.ts";
import { constant, input } from "./tensor.ts";

describe("substitution of leaves", () => {
  const [x, y, other] = ["x", "y", "other"].map((name) => input(name, [2]));
  const kept = sigmoid(y);
  const sum = add(mul(x, 3), kept);

  it("makes the same tensors from other leaves and keeps what does not depend on them", () => {
    const [changed] = substitute([sum], (leaf) => (leaf === x ? other : undefined));
    expect(createGraph("g", [other, y], { changed }).nodes).toHaveLength(3);
    expect(nodesOf([changed]).flatMap(({ outputs }) => outputs)).toContain(kept);
  });

  it("gives the tensors themselves where nothing is replaced, and replaces a leaf that is asked for", () => {
    expect(substitute([sum], () => undefined)).toEqual([sum]);
    expect(substitute([x], (leaf) => (leaf === x ? other : undefined))).toEqual([other]);
  });

  it("refuses what does not fit", () => {
    expect(() => substitute([sum], (leaf) => (leaf === x ? constant([1, 2, 3]) : undefined))).toThrow(
      /do not broadcast/,
    );
  });
});
