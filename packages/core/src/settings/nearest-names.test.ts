import { expect, test } from "vitest";
import { nearestNames } from "./nearest-names.ts";

const names = ["ember", "kind", "zero-dce", "clahe", "ahe", "he", "lime", "lecarm", "npe", "ssr", "msr"];

test.each([
  ["embr", ["ember"]],
  ["Ember", ["ember"]],
  ["emebr", ["ember"]],
  ["knid", ["kind"]],
  ["zero", ["zero-dce"]],
  ["clache", ["clahe"]],
  ["hsr", ["ssr", "msr"]],
  ["magic", []],
  ["xy", []],
  ["", []],
  ["../../../etc", []],
])("%s stands for %j", (typed, expected) => {
  expect(nearestNames(typed, names)).toEqual(expected);
});
