import { createHash } from "node:crypto";
import { KindlingError, type ModelSession, type Runtime, type SessionOptions } from "@kindling/core";
import { keepSessions } from "@kindling/core/internal";
import { openSession } from "./session.ts";

/**
 * Creates a runtime on ONNX Runtime that keeps its sessions: a model with the same SHA-256 is loaded once. Where ONNX Runtime
 * cannot be loaded, as on systems that it has no build for, networks that Kindling's own module of WebAssembly can do run in that.
 *
 * @example
 * const runtime = createRuntime();
 * const session = await runtime.open(bytes, { device: "cpu", threads: 2 });
 * await runtime.dispose();
 */
export function createRuntime(): Runtime {
  return keepSessions(openAnywhere, (model) => createHash("sha256").update(model).digest("hex"));
}

async function openAnywhere(model: Uint8Array, options: SessionOptions): Promise<ModelSession> {
  try {
    return await openSession(model, options);
  } catch (error) {
    const isMissing = error instanceof KindlingError && error.code === "unsupported";
    const own = isMissing && options.device !== "webgpu" ? await openOwn(model) : undefined;
    if (own) return own;
    throw error;
  }
}

async function openOwn(model: Uint8Array): Promise<ModelSession | undefined> {
  // Loaded only where it is needed.
  const { openWasmSession } = await import("@kindling/nets/inference");
  return openWasmSession(model);
}
