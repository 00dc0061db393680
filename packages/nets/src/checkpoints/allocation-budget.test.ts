import { KindlingError } from "@kindling/core";
import { describe, expect, it } from "vitest";
import { expectInvalidModel } from "../../../../test/support/hostile-bytes.ts";
import { createAllocationBudget } from "./allocation-budget.ts";

const budget = (fileBytes: number) =>
  createAllocationBudget(fileBytes, (reason) => new KindlingError("invalid-model", reason));
const mebibyte = 2 ** 20;

describe("createAllocationBudget", () => {
  it("allows 16 times the file and 16 MiB, in any number of claims, and not one byte more", () => {
    const allocate = budget(mebibyte);
    allocate(20 * mebibyte, "a");
    allocate(12 * mebibyte, "b");
    expect(() => allocate(0, "c")).not.toThrow();
    expectInvalidModel(() => allocate(1, "d"), /^d needs more memory than a file of 1048576 bytes can justify/);
  });

  it("refuses what is no count of bytes", () => {
    for (const bytes of [Number.NaN, Number.POSITIVE_INFINITY, -1]) {
      expectInvalidModel(() => budget(0)(bytes, "a"), /more memory/);
    }
  });
});
