import { importableNames } from "@kindling/lab";
import { maxLight, minLight, networkMethods } from "@kindling/node";
import { systems } from "@kindling/systems";
import { expect, test } from "vitest";
import { runKindlingHere } from "../../../../test/support/run-kindling.ts";

/** A command's help in one line, as its width breaks names and sentences. */
async function readHelp(command: string): Promise<string> {
  const { status, stdout, stderr } = await runKindlingHere([command, "--help"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.replace(/\s+/g, " ");
}

test("the help of train lists every system with its data and every stage", async () => {
  const help = await readHelp("train");
  expect(help).toContain(`network ${systems.map(({ name }) => name).join(", ")} `);
  for (const [i, { name, recipe }] of systems.entries()) {
    const next = systems[i + 1]?.name ?? "Examples:";
    const own = help.slice(help.indexOf(` ${name} --`), help.indexOf(` ${next}`, help.indexOf(` ${name} --`)));
    expect(own).toContain(recipe.data === "unpaired" ? "--dark and --normal" : "--pairs");
    expect(own.endsWith(`: ${recipe.stages.map((stage) => stage.name).join(", ")}`), own).toBe(true);
  }
});

test("the help of import lists every name", async () => {
  const names = importableNames(systems);
  for (const { name } of systems) expect(names).toContain(name);
  expect(await readHelp("import")).toContain(`network ${names.join(", ")}, or a part`);
});

test("the help of maps lists the networks with maps, that of enhance the largest light", async () => {
  const names = networkMethods.filter(({ hasMaps }) => hasMaps).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(0);
  expect(await readHelp("maps")).toContain(`: ${names.join(", ")} (default: "kind")`);
  expect(await readHelp("enhance")).toContain(`from ${minLight} to ${maxLight} `);
});

test.each([
  [["train", "magic", "--pairs", "lol"], systems.map(({ name }) => name)],
  [["import", "magic", "models/research/niqe/bsds.safetensors", "-o", "m.onnx"], importableNames(systems)],
  [["maps", "a.jpg", "-m", "gladnet"], networkMethods.filter(({ hasMaps }) => hasMaps).map(({ name }) => name)],
])("kindling %j lists the names to choose from", async (words, names) => {
  const { status, stderr } = await runKindlingHere(words);
  expect(stderr).toContain(names.join(", "));
  expect(status).toBe(2);
});
