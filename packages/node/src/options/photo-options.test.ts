import { defaultMethod, methods } from "@kindling/core";
import { networkMethods } from "@kindling/systems/inference";
import { expect, test } from "vitest";
import { factsOfMethod } from "../enhance/facts-of-method.ts";
import { photoOptions } from "./photo-options.ts";

test("the help says how much noise methods remove by default", () => {
  const defaultOf = (name: string) => factsOfMethod(name).defaultStrengths.denoise;
  const others = [...methods, ...networkMethods].map(({ name }) => name).filter((name) => name !== defaultMethod);
  const [most] = new Set(others.map(defaultOf));
  expect(others.every((name) => defaultOf(name) === most)).toBe(true);
  const { description } = photoOptions.denoise.meta() ?? {};
  expect(description).toContain(`(default: ${defaultOf(defaultMethod)} with ${defaultMethod}, else ${most})`);
  // What follows a method removes its noise whole.
  expect(defaultOf(`${defaultMethod}+bm3d`)).toBe(1);
});
