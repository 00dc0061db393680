import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { importableNames, importNetwork } from "@kindling/lab";
import { readSource } from "@kindling/node/lab";
import { expect, test } from "vitest";
import { isLargeSystem } from "../../../test/support/many-weights.ts";
import { describeOwnCheckpoints } from "../../../test/support/own-checkpoints.ts";
import { systems } from "./systems.ts";

describeOwnCheckpoints(
  systems,
  systems.filter((system) => !isLargeSystem(system)),
);

test.each(systems)("$name is importable by the names of the system and its variants", ({ name, models }) => {
  expect(importableNames(systems)).toEqual(expect.arrayContaining([name, ...models.map((form) => form.name)]));
});

const shipped = ["models", "models/research"].map((folder) =>
  fileURLToPath(new URL(`../../../${folder}`, import.meta.url)),
);
const partFiles = systems.flatMap(({ name }) =>
  shipped
    .map((folder) => join(folder, name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => [name, file, join(folder, file)] as const))
    .filter(([, file]) => file.endsWith(".onnx")),
);

test.each(partFiles)("of %s the shipped %s is imported as the part that it is", async (name, file, path) => {
  if (/^int8\.(encoder|context|decoder)\.onnx$/.test(file)) {
    await expect(readSource(path, systems)).rejects.toThrow(/its weights are stored in 8-bit integers/);
    return;
  }
  const { tensors, belongsTo } = await readSource(path, systems);
  const { network, weights } = importNetwork(systems, name, tensors, { file, belongsTo });
  expect(network.name).toBe(belongsTo);
  expect(weights.size).toBe(tensors.size);
});
