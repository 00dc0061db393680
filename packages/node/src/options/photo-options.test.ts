import { defaultMethod, defaultStrengths, methods } from "@kindling/core";
import { networkMethods } from "@kindling/systems/inference";
import { expect, test } from "vitest";
import { factsOfMethod } from "../enhance/facts-of-method.ts";
import { photoOptions } from "./photo-options.ts";

test("the help says how much noise methods remove by default", () => {
  const defaultOf = (name: string) => factsOfMethod(name).defaultStrengths.denoise;
  const usual = defaultStrengths.denoise;
  const others = [...methods, ...networkMethods].map(({ name }) => name).filter((name) => defaultOf(name) !== usual);
  const { description } = photoOptions.denoise.meta() ?? {};
  const listed = others.map((name) => `${name} ${defaultOf(name)}`).join(", ");
  expect(description).toContain(`(default: ${usual}; ${listed})`);
  // What follows a method removes its noise whole.
  expect(defaultOf(`${defaultMethod}+bm3d`)).toBe(1);
});
