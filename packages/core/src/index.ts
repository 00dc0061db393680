export * from "./classical/method.ts";
export * from "./enhance/runtime.ts";
export * from "./enhance/steps.ts";
export * from "./errors.ts";
export * from "./image/picture.ts";
export * from "./image/random.ts";
