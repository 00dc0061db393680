import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { gpuEnvironment } from "../support/gpu-environment.ts";

const cases = [
  "kind/blind",
  "gladnet",
  "msr-net",
  "enlightengan/aligned",
  "enlightengan/generator",
  "enlightengan/local-discriminator",
  "retinex-net",
];

describe("through the WebGPU provider", () => {
  let differences: Record<string, number> & { "no-device"?: string };
  beforeAll(async () => {
    const script = fileURLToPath(new URL("../support/webgpu-differences.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, ...cases], {
      env: gpuEnvironment(),
    });
    differences = JSON.parse(stdout) as typeof differences;
    if (differences["no-device"]) console.warn(`Skipping the WebGPU tests: ${differences["no-device"]}`);
  }, 300_000);

  it.for(cases)("%s gives what it gives on the processor", (name, context) => {
    const { "no-device": reason } = differences;
    if (reason) context.skip(reason);
    expect(differences[name]).toBeLessThan(1e-5);
  });
});
