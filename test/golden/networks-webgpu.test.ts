import { describeGpuDifferences } from "../support/gpu-process.ts";

describeGpuDifferences("through the WebGPU provider", {
  script: "./webgpu-differences.ts",
  cases: ["ember"],
  tolerance: 1e-5,
});
