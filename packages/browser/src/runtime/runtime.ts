import type { ModelSession, Runtime } from "@kindling/core";
import { sha256Hex } from "../models/sha256-hex.ts";
import { openSession } from "./session.ts";

/** A runtime on onnxruntime-web that keeps its sessions: the same model with the same options is loaded once. */
export function createRuntime(): Runtime {
  const sessions = new Map<string, Promise<ModelSession>>();
  return {
    async open(model, options = {}) {
      const { device = "auto", threads } = options;
      const key = [await sha256Hex(model), device, threads].join(" ");
      const known = sessions.get(key);
      if (known) return known;
      const opening = openSession(model, options).then(
        (session): ModelSession => ({
          ...session,
          async dispose() {
            sessions.delete(key);
            await session.dispose();
          },
        }),
      );
      sessions.set(key, opening);
      // A failure is not kept: the next call may succeed.
      opening.catch(() => sessions.delete(key));
      return opening;
    },
    async dispose() {
      const opened = [...sessions.values()];
      await Promise.allSettled(opened.map(async (opening) => (await opening).dispose()));
    },
  };
}
