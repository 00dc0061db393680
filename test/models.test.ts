import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ModelManifest, networkMethods, openModelStore } from "@kindling/node";
import { findSystem } from "@kindling/systems";
import { expect, test } from "vitest";
import { modelFaults } from "./support/model-faults.ts";

const isFree = ({ licence }: ModelManifest) => licence.startsWith("MIT");
const root = fileURLToPath(new URL("..", import.meta.url));

test.each(["models", "models/research"])("every model of %s is what its manifest and its card say", async (folder) => {
  expect(await modelFaults(join(root, folder))).toEqual([]);
});

test("the card of kind.mixed tells the steps of every stage, those whose settings were not kept too", () => {
  const card = readFileSync(join(root, "models/research/kind/mixed.md"), "utf8");
  const stages = findSystem("kind").recipe?.stages.map(({ name }) => name) ?? [];
  expect(stages).toHaveLength(4);
  expect(stages.filter((stage) => !new RegExp(`\\b${stage} [\\d,]+ steps`).test(card))).toEqual([]);
});

test("the package that kindling brings holds models under the MIT licence alone, the other one none", async () => {
  const licences = async (folder: string) => (await openModelStore(join(root, folder)).list()).map(isFree);
  expect(new Set(await licences("models"))).toEqual(new Set([true]));
  expect(new Set(await licences("models/research"))).toEqual(new Set([false]));
});

test("the default folders of models are both packages, the free one first", async () => {
  const [first, ...others] = await openModelStore().list();
  expect(first?.network).toBe("ember");
  expect(others.some((manifest) => !isFree(manifest))).toBe(true);
});

test("the networks without weights are those that neither package has", async () => {
  const shipped = new Set((await openModelStore().list()).map(({ network }) => network));
  const untrained = networkMethods.filter(({ withoutWeights }) => withoutWeights !== undefined);
  const missing = networkMethods.filter(({ name }) => !shipped.has(name));
  expect(untrained.map(({ name }) => name)).toEqual(missing.map(({ name }) => name));
});
