import { expect, test } from "vitest";
import { methods } from "../classical/registry.ts";
import { factsOfMethod } from "./method-facts.ts";
import { networkMethods } from "./networks/network-methods.ts";

test("Ember and KinD light a photo at any level themselves; the other methods have no level of their own", () => {
  const names = [...networkMethods, ...methods].map(({ name }) => name);
  expect(names.filter((name) => factsOfMethod(name).hasOwnLight).sort()).toEqual(["ember", "kind"]);
});
