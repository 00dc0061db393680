import { describeGpuDifferences } from "../support/gpu-process.ts";

// GLADNet looks at 96 x 96 pixels of every picture: more than a minute on a software adapter.
describeGpuDifferences("a training step through the WebGPU provider", {
  script: "./webgpu-step-differences.ts",
  cases: ["kind/decomposition", "gladnet"],
  tolerance: 1e-4,
});
