import { describeGpuDifferences } from "../support/gpu-process.ts";

// Compiling the shaders of these takes a software adapter more than a minute.
describeGpuDifferences("through the WebGPU provider", {
  script: "./webgpu-differences.ts",
  cases: [
    "msr-net",
    "retinex-net",
    "kind/blind",
    "gladnet",
    "enlightengan/aligned",
    "enlightengan/generator",
    "enlightengan/local-discriminator",
  ],
  tolerance: 1e-5,
});
