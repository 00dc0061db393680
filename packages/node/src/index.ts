export * from "./runtime/runtime.ts";
export * from "./runtime/session.ts";
