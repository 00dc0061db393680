import type { Runtime } from "@kindling/core";
import { keepSessions } from "@kindling/core/internal";
import { hashSha256 } from "../models/hash-sha256.ts";
import { openSession } from "./session.ts";

/** Creates a runtime on onnxruntime-web that keeps its sessions, identified by the SHA-256 of their models. */
export function createRuntime(): Runtime {
  return keepSessions(openSession, hashSha256);
}
