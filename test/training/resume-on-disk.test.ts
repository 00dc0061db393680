import { readFileSync } from "node:fs";
import { join } from "node:path";
import { trainOnDisk } from "@kindling/node/lab";
import { findSystem } from "@kindling/systems";
import { expect, test } from "vitest";
import { dataOf, metricsOf, stepOf } from "../support/training-run.ts";

test("a run resumes with the options in its folder, and refuses others", async () => {
  const data = await dataOf();
  const [straight, stopped] = ["straight", "stopped"].map((name) => join(data, "..", name));
  const system = findSystem("msr-net");
  const options = { system, pairs: [data], steps: 4, batch: 2, crop: 16, rate: 0.002, seed: 7, threads: 1 };
  expect(await trainOnDisk({ ...options, out: straight })).toBe(true);

  const stopping = new AbortController();
  const { signal } = stopping;
  const report = ({ event }: { readonly event: string }) => event === "step" && stopping.abort();
  expect(await trainOnDisk({ ...options, out: stopped, signal, report })).toBe(false);
  expect(stepOf(stopped)).toBe(1);

  const resumed = { system, out: stopped, resume: true } as const;
  await expect(trainOnDisk({ ...resumed, rate: 0.5 })).rejects.toThrow(/--rate 0\.5: this run has .*0\.002/);
  await expect(trainOnDisk({ ...resumed, system: findSystem("gladnet") })).rejects.toThrow(
    /trains msr-net, not gladnet/,
  );
  await expect(trainOnDisk({ ...resumed, out: data })).rejects.toThrow(/run\.yaml: there is no run to continue/);
  expect(await trainOnDisk(resumed)).toBe(true);
  expect(metricsOf(stopped)).toEqual(metricsOf(straight));
  for (const file of ["checkpoint.safetensors", "msr-net.onnx"]) {
    expect(readFileSync(join(stopped, file)).equals(readFileSync(join(straight, file))), file).toBe(true);
  }
});
