import { keepSessions, type Runtime } from "@kindling/core";
import { sha256Hex } from "../models/sha256-hex.ts";
import { openSession } from "./session.ts";

/** A runtime on onnxruntime-web that keeps its sessions; models are told apart by the SHA-256 of their bytes. */
export function createRuntime(): Runtime {
  return keepSessions(openSession, sha256Hex);
}
