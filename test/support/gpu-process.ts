import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";

/** Where Debian's Chromium keeps a Vulkan driver that needs no GPU. */
const chromiumFolder = "/usr/lib/chromium";

/** The environment of a process that finds a GPU, be it one in software. Driver and loader are found through the environment, which must be set before the process begins. */
export function gpuEnvironment(): NodeJS.ProcessEnv {
  const driver = `${chromiumFolder}/vk_swiftshader_icd.json`;
  if (!existsSync(driver)) return process.env;
  const { LD_LIBRARY_PATH: libraries, VK_ICD_FILENAMES: drivers = driver } = process.env;
  const folders = libraries ? `${libraries}:${chromiumFolder}` : chromiumFolder;
  return { ...process.env, VK_ICD_FILENAMES: drivers, LD_LIBRARY_PATH: folders };
}

/** Differences between GPU and processor by what was compared, or why there is no GPU. */
type GpuDifferences = Record<string, number> & { "no-device"?: string };

/** Runs a script that prints differences where a GPU, or a driver that stands for one, is found. */
async function gpuDifferences(script: URL, args: readonly string[] = []): Promise<GpuDifferences> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", fileURLToPath(script), ...args], {
    env: gpuEnvironment(),
  });
  const differences = JSON.parse(stdout) as GpuDifferences;
  if (differences["no-device"]) console.warn(`Skipping the WebGPU tests: ${differences["no-device"]}`);
  return differences;
}

/** Describes a test of each case: a script that compares GPU and processor finds less than `tolerance` between them. */
export function describeGpuDifferences(
  about: string,
  { script, cases, tolerance }: { script: string; cases: readonly string[]; tolerance: number },
): void {
  describe(about, () => {
    let differences: GpuDifferences;
    beforeAll(async () => {
      differences = await gpuDifferences(new URL(script, import.meta.url), cases);
    }, 900_000);

    it.for(cases)("%s gives what it gives on the processor", (name, context) => {
      const { "no-device": reason } = differences;
      if (reason) context.skip(reason);
      expect(differences[name]).toBeLessThan(tolerance);
    });
  });
}
