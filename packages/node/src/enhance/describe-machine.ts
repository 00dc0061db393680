import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { cpus } from "node:os";

/** What the speed of weights depends on besides themselves. */
export interface Machine {
  readonly processor: string;
  /** Hash of what instructions the processor has; empty where the system does not tell. */
  readonly instructions: string;
  /** System and architecture, such as `linux x64`. */
  readonly platform: string;
  /** Version of ONNX Runtime. */
  readonly runtime: string;
}

/** Describes this machine: a home that machines share, or a virtual machine that moves, meets several. */
export async function describeMachine(): Promise<Machine> {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    instructions: await hashInstructions(),
    platform: `${process.platform} ${process.arch}`,
    runtime: runtimeVersion(),
  };
}

/** Virtual machines name processors of several generations alike, as `AMD EPYC`; what they can do tells them apart. */
async function hashInstructions(): Promise<string> {
  const text = await readFile("/proc/cpuinfo", "utf8").catch(() => "");
  const line = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1];
  return line === undefined ? "" : createHash("sha256").update(line).digest("hex").slice(0, 16);
}

function runtimeVersion(): string {
  try {
    const { version } = createRequire(import.meta.url)("onnxruntime-node/package.json") as { version: string };
    return version;
  } catch {
    // Left out by npm where its download failed; opening a network then says so.
    return "none";
  }
}
