import { createHash } from "node:crypto";
import type { Runtime } from "@kindling/core";
import { keepSessions } from "@kindling/core/internal";
import { openSession } from "./session.ts";

/**
 * Creates a runtime on ONNX Runtime that keeps its sessions: a model with the same SHA-256 is loaded once.
 *
 * @example
 * const runtime = createRuntime();
 * const session = await runtime.open(bytes, { device: "cpu", threads: 2 });
 * await runtime.dispose();
 */
export function createRuntime(): Runtime {
  return keepSessions(openSession, (model) => createHash("sha256").update(model).digest("hex"));
}
