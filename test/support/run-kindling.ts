import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished, vi } from "vitest";

const command = fileURLToPath(new URL("../../apps/cli/bin/kindling.js", import.meta.url));

/** What a finished command left behind. */
export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the real command in a process of its own; `through` is a command line it is run by, such as `nice -n 10`. */
export function startKindling(words: readonly string[], through: readonly string[] = []): ChildProcess {
  const [program = process.execPath, ...rest] = [...through, process.execPath, command, ...words];
  return spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs the real command to its end. */
export async function runKindling(words: readonly string[], through: readonly string[] = []): Promise<Finished> {
  return outcomeOf(startKindling(words, through));
}

/**
 * Runs the command to its end in the test's own process, which has loaded it once for all tests. For what a command does and
 * says: how its process starts, ends, is stopped and writes streams only {@link runKindling} shows.
 */
export async function runKindlingHere(words: readonly string[]): Promise<Finished> {
  const { main } = await import("../../apps/cli/src/main.ts");
  if (vi.isMockFunction(process.stdout.write)) throw new Error("Commands in the test's own process run one at a time.");
  const printed = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      printed[stream] += text;
      return true;
    }),
  );
  const listeners = process.stdout.listeners("error");
  try {
    return { status: await main(words), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
    for (const listener of process.stdout.listeners("error")) {
      if (!listeners.includes(listener)) process.stdout.off("error", listener as () => void);
    }
  }
}

/** Waits for a started command and gathers what it prints. */
export async function outcomeOf(child: ChildProcess): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  return { status, stdout, stderr };
}

/** The objects a command printed with `--json`. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** A folder of the test's own, removed when it ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
