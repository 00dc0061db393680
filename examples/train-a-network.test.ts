import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPairs } from "@kindling/node/lab";
import { expect, onTestFinished, test } from "vitest";
import { samplePairs } from "./sample-pairs.ts";

test("a network is trained on the sample pairs in about twenty lines, and lights a photo", () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-example-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const example = fileURLToPath(new URL("./04-train-a-network.ts", import.meta.url));
  const printed = String(execFileSync(process.execPath, ["--import", "tsx", example, join(folder, "run"), "3"]));
  expect(printed.match(/^step \d: loss \d+$/gm)).toHaveLength(3);
  expect(printed).toMatch(/^mean luminance 0\.\d+ -> \d\.\d+$/m);
  expect(existsSync(join(folder, "run", "checkpoint.safetensors"))).toBe(true);
  expect(readFileSync(example, "utf8").split("\n").length).toBeLessThan(30);
});

test("pairs.csv lists the sample pairs", async () => {
  const { pairs, failures } = await findPairs(fileURLToPath(new URL("./pairs.csv", import.meta.url)));
  expect(failures).toEqual([]);
  expect(pairs.map(({ low, normal }) => [low, normal])).toEqual(
    samplePairs.map(({ photo, reference }) => [photo, reference]),
  );
});
