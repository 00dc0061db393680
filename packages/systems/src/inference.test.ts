import { factsOfMethod, methods } from "@kindling/core";
import { expect, test } from "vitest";
import { networkMethods } from "./inference.ts";

test("Ember and KinD light a photo at any level themselves; the other methods have no level of their own", () => {
  const names = [...networkMethods, ...methods].map(({ name }) => name);
  expect(names.filter((name) => factsOfMethod(name, networkMethods).hasOwnLight).sort()).toEqual(["ember", "kind"]);
});

test("Ember comes first, as the default; the others follow by name", () => {
  const [first, ...others] = networkMethods.map(({ name }) => name);
  expect(first).toBe("ember");
  expect(others.length).toBeGreaterThan(0);
  expect(others).toEqual([...others].sort());
});
