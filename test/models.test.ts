import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { modelFaults } from "./support/model-faults.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

test("every shipped model is what its manifest and its card say", async () => {
  expect(await modelFaults(join(root, "models"))).toEqual([]);
});
