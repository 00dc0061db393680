import { existsSync } from "node:fs";

/** Where Debian's Chromium keeps a Vulkan driver that needs no GPU. */
const chromiumFolder = "/usr/lib/chromium";

/**
 * The environment of a process that finds a GPU, be it one in software.
 *
 * Driver and loader are found through the environment, which must be set before the process begins.
 */
export function gpuEnvironment(): NodeJS.ProcessEnv {
  const driver = `${chromiumFolder}/vk_swiftshader_icd.json`;
  if (!existsSync(driver)) return process.env;
  const { LD_LIBRARY_PATH: libraries, VK_ICD_FILENAMES: drivers = driver } = process.env;
  const folders = libraries ? `${libraries}:${chromiumFolder}` : chromiumFolder;
  return { ...process.env, VK_ICD_FILENAMES: drivers, LD_LIBRARY_PATH: folders };
}
