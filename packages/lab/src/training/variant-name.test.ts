import { expect, test } from "vitest";
import { completeSettings } from "./recipe-settings.ts";
import { parseVariantName, variantName } from "./variant-name.ts";

const options = {
  K: { default: 10, min: 1, max: 40, about: "" },
  v: { default: [1, 10], min: 0, max: 1e6, most: 9, about: "" },
  attention: { default: "on", choices: ["on", "off"], about: "" },
} as const;

test.each([
  [{}, "net"],
  [{ K: 6 }, "net+K=6"],
  [{ v: [1, 10, 1e-5], attention: "off" }, "net+v=1:10:1e-5+attention=off"],
])("the variant of %j is %s, and its name says so", (given, name) => {
  const settings = completeSettings(options, given);
  expect(variantName("net", options, settings as never)).toBe(name);
  const parsed = parseVariantName(`${name}/part`);
  expect(completeSettings(options, parsed ?? {})).toEqual(settings);
});

test("a name without settings names no variant by settings", () => {
  expect(parseVariantName("net")).toBeUndefined();
  expect(parseVariantName("kind+root/analysis")).toBeUndefined();
});
