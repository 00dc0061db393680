import { beforeAll, describe, expect, it } from "vitest";
import { type GpuDifferences, gpuDifferences } from "../support/gpu-process.ts";

const cases = [
  "kind/blind",
  "gladnet",
  "msr-net",
  "enlightengan/aligned",
  "enlightengan/generator",
  "enlightengan/local-discriminator",
  "retinex-net",
  "ember",
];

describe("through the WebGPU provider", () => {
  let differences: GpuDifferences;
  beforeAll(async () => {
    differences = await gpuDifferences(new URL("../support/webgpu-differences.ts", import.meta.url), cases);
  }, 300_000);

  it.for(cases)("%s gives what it gives on the processor", (name, context) => {
    const { "no-device": reason } = differences;
    if (reason) context.skip(reason);
    expect(differences[name]).toBeLessThan(1e-5);
  });
});
