import { createHash } from "node:crypto";
import type { Runtime } from "@kindling/core";
import { keepSessions } from "@kindling/core/internal";
import { openSession } from "./session.ts";

/**
 * A runtime on ONNX Runtime that keeps its sessions; models are told apart by the SHA-256 of their bytes.
 *
 * @example
 * const runtime = createRuntime();
 * const session = await runtime.open(bytes, { device: "cpu", threads: 2 });
 * await runtime.dispose();
 */
export function createRuntime(): Runtime {
  return keepSessions(openSession, (model) => createHash("sha256").update(model).digest("hex"));
}
