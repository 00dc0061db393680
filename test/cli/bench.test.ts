import type { SpeedReport } from "@kindling/node/lab";
import { describe, expect, test } from "vitest";
import { runKindling, runKindlingHere } from "../support/run-kindling.ts";

describe("kindling bench", () => {
  test("measures methods and sizes, each in a process of its own, and names the machine", async () => {
    const words = ["bench", "ember", "gamma", "--size", "64x48", "--size", "640x480", "--threads", "1", "--json"];
    const { status, stdout } = await runKindling(words);
    expect(status).toBe(0);
    const { rows, threads, ceilingMacsPerSecond, processor } = JSON.parse(stdout) as SpeedReport;
    expect([threads, processor.length > 0, ceilingMacsPerSecond > 1e8]).toEqual([1, true, true]);
    expect(rows.map(({ method, width, height }) => [method, width, height])).toEqual([
      ["ember", 64, 48],
      ["ember", 640, 480],
      ["gamma", 64, 48],
      ["gamma", 640, 480],
    ]);
    for (const row of rows) {
      const { wholeMs, processorMs, analysisMs, relightingMs, firstMs, peakBytes } = row;
      for (const value of [processorMs, analysisMs, relightingMs, firstMs]) expect(value).toBeGreaterThan(0);
      expect(row.megapixelsPerSecond).toBeCloseTo((row.width * row.height) / 1e3 / wholeMs, 9);
      // A Node process alone takes more than 30 MB.
      expect(peakBytes).toBeGreaterThan(30e6);
    }
    const [small, large] = rows.map(({ macs = 0 }) => macs / 1e9);
    // The 5.00 GMAC of docs/EMBER.md are those of the whole graph, which enlarges the grids by matrix products and blurs by convolutions.
    expect(large).toBeCloseTo(4.79, 2);
    expect(small).toBeLessThan(0.3);
    expect(rows.slice(0, 2).every(({ ceilingShare = 0 }) => ceilingShare > 0)).toBe(true);
    expect(rows.slice(2).map(({ macs, ceilingShare }) => [macs, ceilingShare])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  test("prints a table to paste", async () => {
    const { stdout } = await runKindlingHere(["bench", "gamma", "--size", "64x48"]);
    expect(stdout).toMatch(/^kindling \d+\.\d+\.\d+, Node v\d.*GFLOP\/s\.\n\n\| method \| photo \|/);
    expect(stdout).toMatch(/\| gamma \| 64x48 \| [\d.]+ ms \|/);
  });

  test.each([
    [["bench", "--size", "small"], /--size small: expected width x height in pixels, such as 4000x3000/],
    [["bench", "magic"], /There is no method "magic"/],
  ])("%j is wrong usage", async (words, message) => {
    const { status, stderr } = await runKindlingHere(words);
    expect([status, message.test(stderr)]).toEqual([2, true]);
  });
});
