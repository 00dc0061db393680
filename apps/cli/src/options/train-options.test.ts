import { trainingDefaults } from "@kindling/lab";
import { expect, test } from "vitest";
import { trainOptions } from "./train-options.ts";

test("kindling train has the laboratory's defaults", () => {
  const { out, json, threads, ...defaults } = trainOptions.parse({});
  expect(defaults).toEqual(trainingDefaults);
});
