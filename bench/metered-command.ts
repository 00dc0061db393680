import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a Node process took, all its threads together. */
export interface Cost {
  readonly wallMs: number;
  /** User and system time. */
  readonly processorMs: number;
  readonly peakBytes: number;
}

/** Runs Node with some words, and measures the process from its start to its end. */
export function measureNode(...words: readonly string[]): Cost {
  const folder = mkdtempSync(join(tmpdir(), "kindling-cost-"));
  try {
    const file = join(folder, "cost.json");
    const start = performance.now();
    runNode("--import", meter(file), ...words);
    const wallMs = performance.now() - start;
    return { wallMs, ...(JSON.parse(readFileSync(file, "utf8")) as Omit<Cost, "wallMs">) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs Node with some words and returns what it prints. */
export function runNode(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${words.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}

/** A module that writes what its process took when it ends. */
function meter(file: string): string {
  const code = `
    import { writeFileSync } from "node:fs";
    import { isMainThread } from "node:worker_threads";
    if (isMainThread) process.on("exit", () => {
      const { user, system } = process.cpuUsage();
      const cost = { processorMs: (user + system) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 };
      writeFileSync(${JSON.stringify(file)}, JSON.stringify(cost));
    });`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
