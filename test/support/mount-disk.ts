import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A disk of its own in the folder, of some kilobytes; undefined where only root may mount one. */
export function mountDisk(folder: string, kilobytes: number): string | undefined {
  const disk = join(folder, "disk");
  mkdirSync(disk, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", disk], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync("umount", [disk]);
  });
  return disk;
}

/** Changes an option of a mounted disk, such as `size=8m` or `ro`. */
export function remount(disk: string, option: string): void {
  execFileSync("mount", ["-o", `remount,${option}`, disk], { stdio: "pipe" });
}
