export * from "./classical/method.ts";
export * from "./classical/registry.ts";
export * from "./enhance/steps.ts";
export * from "./errors.ts";
export * from "./image/picture.ts";
