import { KindlingError } from "@kindling/core";
import { describe, expect, it } from "vitest";
import { expectInvalidModel, expectSafeOnDamage } from "../../../../test/support/hostile-bytes.ts";
import { createAllocationBudget } from "./allocation-budget.ts";
import { inflateSnappy } from "./snappy.ts";

const refuse = (reason: string) => new KindlingError("invalid-model", reason);
const inflate = (block: Uint8Array) => inflateSnappy(block, createAllocationBudget(block.length, refuse), refuse);
const characters = (text: string) => [...new TextEncoder().encode(text)];
const inflatedText = (...block: number[]) => new TextDecoder().decode(inflate(Uint8Array.from(block)));

describe("inflateSnappy", () => {
  it("joins literals, and copies with offsets of one, two and four bytes", () => {
    expect(inflatedText(3, 2 << 2, ...characters("abc"))).toBe("abc");
    // Tag 01: length 4 + bits 2 to 4, offset of 11 bits.
    expect(inflatedText(8, 3 << 2, ...characters("abcd"), 0x01, 4)).toBe("abcdabcd");
    expect(inflatedText(6, 3 << 2, ...characters("abcd"), (1 << 2) | 2, 3, 0)).toBe("abcdbc");
    expect(inflatedText(6, 3 << 2, ...characters("abcd"), (1 << 2) | 3, 3, 0, 0, 0)).toBe("abcdbc");
  });

  it("repeats a run where a copy overlaps what it writes", () => {
    expect(inflatedText(9, 0, ...characters("x"), 0x01 | (4 << 2), 1)).toBe("x".repeat(9));
  });

  it("reads a long literal whose length stands in one or two bytes", () => {
    const long = "y".repeat(300);
    expect(inflatedText(100, 60 << 2, 99, ...characters(long.slice(0, 100)))).toBe("y".repeat(100));
    expect(inflatedText(0xac, 0x02, 61 << 2, 0x2b, 0x01, ...characters(long))).toBe(long);
  });

  it.each([
    ["a copy from before the block", [4, 0x01, 1], /leaves its block/],
    ["a copy at distance 0", [5, 0, 65, 0x01, 0], /leaves its block/],
    ["a copy beyond the claimed length", [3, 0, 65, 0x01, 1], /leaves its block/],
    ["a literal beyond the claimed length", [1, 1 << 2, 65, 66], /more than it claims/],
    ["fewer bytes than claimed", [5, 0, 65], /1 bytes of the 5/],
    ["a length without end", Array(11).fill(0xff), /no end/],
    ["four gigabytes", [0xff, 0xff, 0xff, 0xff, 0x0f], /more memory/],
  ])("refuses %s", (_, block, reason) => {
    expectInvalidModel(() => inflate(Uint8Array.from(block)), reason);
  });

  it("ends in one clear error when damaged", () => {
    const block = Uint8Array.from([20, 3 << 2, ...characters("abcd"), 0x01, 4, (11 << 2) | 2, 3, 0]);
    expect(inflate(block).length).toBe(20);
    expectSafeOnDamage(block, inflate);
  });
});
