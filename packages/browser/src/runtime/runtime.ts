import { KindlingError, type ModelSession, type Runtime, type SessionOptions } from "@kindling/core";
import { keepSessions, requireThreads } from "@kindling/core/internal";
import { hashSha256 } from "../models/hash-sha256.ts";
import { openSession, usableThreads } from "./session.ts";
import { type StartedThreads, startThreads } from "./start-threads.ts";

/**
 * Creates a runtime that keeps its sessions, identified by the SHA-256 of their models. Networks that Kindling's own module of
 * WebAssembly can run are run there, unless `webgpu` is asked for; others by onnxruntime-web, which is fetched for them.
 */
export function createRuntime(): Runtime {
  let threads: Promise<StartedThreads | undefined> | undefined;
  const runtime = keepSessions(async (model, options) => {
    const own = options.device === "webgpu" ? undefined : await openOwn(model, options);
    return own ?? openSession(model, options);
  }, hashSha256);

  async function openOwn(model: Uint8Array, options: SessionOptions): Promise<ModelSession | undefined> {
    const { threads: wanted = navigator.hardwareConcurrency } = options;
    requireThreads(wanted);
    const count = usableThreads(wanted);
    // Classical methods need none of it.
    const { openWasmSession } = await import("@kindling/nets/inference");
    try {
      return await openWasmSession(model, count > 1 ? () => runningThreads(count) : undefined);
    } catch (error) {
      if (error instanceof KindlingError && error.code === "out-of-memory") throw error;
      // ONNX Runtime says what is wrong with a model.
      return undefined;
    }
  }

  /** The threads of all networks; started for the first network that they run, and again after they have failed. */
  async function runningThreads(count: number): Promise<StartedThreads | undefined> {
    threads ??= startThreads(count, () => {
      threads = undefined;
    });
    return threads;
  }

  return {
    open: runtime.open,
    async dispose() {
      await runtime.dispose();
      (await threads)?.end();
      threads = undefined;
    },
  };
}
