import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { meanLuminance, readPhoto } from "@kindling/node";
import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { samplePairs } from "../examples/sample-pairs.ts";
import { compileExamples } from "./support/compile-examples.ts";
import { scratchFolder } from "./support/run-kindling.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readmeOf = (name: string) => readFileSync(join(root, "packages", name, "README.md"), "utf8");

const examplesOf = (name: string) => [...readmeOf(name).matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);

/** The first example of a package's README, as JavaScript. */
function exampleOf(name: string): string {
  const [example = ""] = examplesOf(name);
  return ts.transpile(example, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext });
}

function run(script: string): string {
  return execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: root }).toString();
}

test("the examples in the READMEs of packages compile", () => {
  const examples = readdirSync(join(root, "packages")).flatMap((name) =>
    examplesOf(name).map((code, i) => [`${name}-${i + 1}.ts`, code] as const),
  );
  expect(new Set(examples.map(([file]) => file))).toContain("node-1.ts");
  expect(compileExamples(examples)).toBe("");
});

test("the example in the README of node lights a photo at each level", async () => {
  const photo = samplePairs.find((pair) => pair.photo.includes("still-life"))?.photo ?? "";
  const out = scratchFolder();
  run(exampleOf("node").replace('"dark.jpg"', JSON.stringify(photo)).replace("`light-", `\`${out}/light-`));
  const dark = meanLuminance((await readPhoto(photo)).picture);
  const brightnessAt = async (light: string) =>
    meanLuminance((await readPhoto(join(out, `light-${light}.jpg`))).picture);
  expect(await brightnessAt("auto")).toBeGreaterThan(dark);
  expect(await brightnessAt("2")).toBeGreaterThan(dark);
  expect(await brightnessAt("4")).toBeGreaterThan(await brightnessAt("2"));
});

test("the example in the README of systems finds a system and writes its network", () => {
  expect(run(exampleOf("systems"))).toMatch(/^\[ 'msr-net' \] \[ 'msr-net'/);
});

test("the README of node lists every module", () => {
  const rooms = readdirSync(join(root, "packages/node/src")).filter((name) => !/^(index|internal)\.ts$/.test(name));
  const listed = [...(readmeOf("node").split("## Modules")[1] ?? "").matchAll(/^\| `(\S+?)\/?` /gm)].map(
    ([, room]) => room,
  );
  expect(listed.toSorted()).toEqual(rooms.toSorted());
});
