import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a Node process took, all its threads together. */
export interface Cost {
  readonly wallMs: number;
  /** User and system time. */
  readonly processorMs: number;
  /** Most resident memory. */
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

/**
 * A module that writes what its process took when it ends. On Linux `maxRSS` of a process begins at what the process that
 * started it held at that moment, which may be more than a small command takes; `VmHWM` is the process's own.
 */
function meter(file: string): string {
  const code = `
    import { existsSync, readFileSync, writeFileSync } from "node:fs";
    import { isMainThread } from "node:worker_threads";
    if (isMainThread) process.on("exit", () => {
      const { user, system } = process.cpuUsage();
      const facts = "/proc/self/status";
      const own = existsSync(facts) && /^VmHWM:\\s+(\\d+)/m.exec(readFileSync(facts, "utf8"))?.[1];
      const peakBytes = 1024 * Number(own || process.resourceUsage().maxRSS);
      writeFileSync(${JSON.stringify(file)}, JSON.stringify({ processorMs: (user + system) / 1000, peakBytes }));
    });`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
