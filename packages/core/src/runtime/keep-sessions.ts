import { requireSafeModel } from "./require-safe-model.ts";
import type { ModelSession, Runtime, SessionOptions } from "./runtime.ts";

/**
 * Makes a runtime that keeps its sessions: the same model with the same options is loaded once, even when two calls
 * open it at the same time. Models that could run without end or read other files are refused.
 *
 * @param openSession loads a model.
 * @param hash identifies a model by its bytes.
 */
export function keepSessions(
  openSession: (model: Uint8Array, options: SessionOptions) => Promise<ModelSession>,
  hash: (model: Uint8Array) => string | Promise<string>,
): Runtime {
  const sessions = new Map<string, Promise<ModelSession>>();
  return {
    async open(model, options = {}) {
      const { device = "auto", threads, keptOutputs = [] } = options;
      const key = [await hash(model), device, threads, ...keptOutputs].join(" ");
      const known = sessions.get(key);
      if (known) return known;
      requireSafeModel(model);
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
      // A failure is not kept: the device may be there at the next call.
      opening.catch(() => sessions.delete(key));
      return opening;
    },
    async dispose() {
      const opened = [...sessions.values()];
      await Promise.allSettled(opened.map(async (opening) => (await opening).dispose()));
    },
  };
}
