// The entry for pages: it runs networks in WebAssembly, and loads nothing that builds or trains them.
export { openWasmSession, type StepThreads } from "./inference/open-wasm-session.ts";
export { type RunUnit, runTogether, type StepRun } from "./inference/run-units.ts";
