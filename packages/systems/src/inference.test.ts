import { factsOfMethod, methods } from "@kindling/core";
import { expect, test } from "vitest";
import { networkMethods } from "./inference.ts";

test("Ember and KinD light a photo at any level themselves; the other methods have no level of their own", () => {
  const names = [...networkMethods, ...methods].map(({ name }) => name);
  expect(names.filter((name) => factsOfMethod(name, networkMethods).hasOwnLight).sort()).toEqual(["ember", "kind"]);
});

test("Ember comes first, as the default", () => {
  expect(networkMethods[0]?.name).toBe("ember");
});
