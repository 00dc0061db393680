import { describeGpuDifferences } from "../support/gpu-process.ts";

// Compiling the shaders of networks of millions of weights takes a software adapter more than a minute.
describeGpuDifferences("through the WebGPU provider", {
  script: "./webgpu-differences.ts",
  cases: [
    "kind/blind",
    "gladnet",
    "enlightengan/aligned",
    "enlightengan/generator",
    "enlightengan/local-discriminator",
  ],
  tolerance: 1e-5,
});
