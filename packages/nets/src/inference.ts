// The entry for pages: it runs networks in WebAssembly, and loads nothing that builds or trains them.
export type { WasmMemory } from "./inference/memory.ts";
export { type AttachedThreads, openWasmSession, type StepThreads } from "./inference/open-wasm-session.ts";
export { type RunUnit, runTogether, type StepRun } from "./inference/run-units.ts";
