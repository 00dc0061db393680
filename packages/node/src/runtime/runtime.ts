import { createHash } from "node:crypto";
import type { ModelSession, Runtime } from "@kindling/core";
import { openSession } from "./session.ts";

/**
 * A runtime on ONNX Runtime that keeps its sessions: the same model with the same options is loaded once, also when
 * it is asked for twice at the same time. Models are told apart by the SHA-256 of their bytes.
 */
export function createRuntime(): Runtime {
  const sessions = new Map<string, Promise<ModelSession>>();
  return {
    open(model, { device = "auto", threads } = {}) {
      const key = [createHash("sha256").update(model).digest("hex"), device, threads].join(" ");
      const known = sessions.get(key);
      if (known) return known;
      const opening = openSession(model, { device, threads }).then(
        (session): ModelSession => ({
          ...session,
          async dispose() {
            sessions.delete(key);
            await session.dispose();
          },
        }),
      );
      sessions.set(key, opening);
      // A failure is not kept: the next call may find the device that this one missed.
      opening.catch(() => sessions.delete(key));
      return opening;
    },
    async dispose() {
      const opened = [...sessions.values()];
      await Promise.allSettled(opened.map(async (opening) => (await opening).dispose()));
    },
  };
}
