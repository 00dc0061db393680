import { beforeAll, describe, expect, it } from "vitest";
import { type GpuDifferences, gpuDifferences } from "../support/gpu-process.ts";

describe("a training step through the WebGPU provider", () => {
  let differences: GpuDifferences;
  beforeAll(async () => {
    differences = await gpuDifferences(new URL("../support/webgpu-step-differences.ts", import.meta.url));
  }, 300_000);

  it.for(["kind/decomposition", "msr-net", "gladnet"])(
    "of %s gives what it gives on the processor",
    (name, context) => {
      const { "no-device": reason } = differences;
      if (reason) context.skip(reason);
      expect(differences[name]).toBeLessThan(1e-4);
    },
  );
});
