export * from "./classical/method.ts";
export * from "./colour/srgb.ts";
export * from "./enhance/steps.ts";
export * from "./errors.ts";
export * from "./image/picture.ts";
export * from "./image/random.ts";
