import { describeGpuDifferences } from "../support/gpu-process.ts";

describeGpuDifferences("a training step through the WebGPU provider", {
  script: "./webgpu-step-differences.ts",
  cases: ["msr-net"],
  tolerance: 1e-4,
});
