import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compileExamples } from "./support/compile-examples.ts";
import { doors, publicSymbols } from "./support/doors.ts";
import { type Example, importsOfCode, parseExample, runExample } from "./support/example-code.ts";
import * as preamble from "./support/example-preamble.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const preambleFile = join(root, "test/support/example-preamble.ts");
// Read from the text, because names that are only declared do not exist when the module is loaded.
const preambleNames = new Set(
  [...readFileSync(preambleFile, "utf8").matchAll(/^export (?:declare )?const (\w+)/gm)].map(([, name]) => name),
);

const functions = publicSymbols.filter(({ isFunction }) => isFunction);
const examples = publicSymbols.flatMap((symbol) =>
  symbol.examples.map((code, i) => ({ symbol, example: parseExample(code), file: fileNameOf(symbol, i) })),
);

function fileNameOf({ name, door }: { name: string; door: string }, i: number): string {
  return `${door.replace("@kindling/", "").replaceAll("/", "-")}.${name}.${i + 1}.ts`;
}

test("every public function has an example", () => {
  expect(functions.length).toBeGreaterThan(150);
  const without = functions.filter(({ examples }) => examples.length === 0);
  expect(without.map(({ name, file }) => `${name} in ${file}`)).toEqual([]);
});

test("an example is short and uses what it is an example of", () => {
  const wrong = examples.filter(
    ({ symbol, example: { code, uses, runs } }) =>
      code.split("\n").length > (runs ? 7 : 6) || (symbol.isFunction && !uses.has(symbol.name)),
  );
  expect(wrong.map(({ symbol: { name, file } }) => `${name} in ${file}`)).toEqual([]);
});

test("an example whose comments give values runs, so that they are checked", () => {
  const wrong = examples.filter(({ example: { promises, runs } }) => promises && !runs);
  expect(wrong.map(({ symbol: { name, file } }) => `${name} in ${file}`)).toEqual([]);
});

test("all examples compile", () => {
  expect(compileExamples(examples.map(({ symbol, example, file }) => [file, compilable(symbol.door, example)]))).toBe(
    "",
  );
});

/** The example as a module. Its first line holds all imports, so that errors name the example's own lines, plus one. */
function compilable(door: string, { code, uses }: Example): string {
  const fromDoor = [...uses].filter((name) => doors.get(door)?.has(name));
  const fromPreamble = [...uses].filter((name) => !fromDoor.includes(name) && preambleNames.has(name));
  const imports = [
    `import { ${fromDoor.join(", ")} } from "${door}";`,
    `import { ${fromPreamble.join(", ")} } from ${JSON.stringify(preambleFile)};`,
  ];
  return `${imports.join(" ")}\n${code}`;
}

describe("examples that run compute what they say", async () => {
  const running = examples.filter(({ example }) => example.runs);
  const specifiers = new Set(
    running.flatMap(({ symbol, example: { code } }) => [
      symbol.door,
      ...importsOfCode(code).map(({ specifier }) => specifier),
    ]),
  );
  const modules = Object.fromEntries(
    await Promise.all([...specifiers].map(async (name) => [name, await import(/* @vite-ignore */ name)])),
  );
  test.each(running.map((found) => [`${found.symbol.door}: ${found.symbol.name}`, found] as const))(
    "%s",
    async (_, { symbol, example }) => {
      await runExample(example, modules, { ...preamble, ...modules[symbol.door] });
    },
  );
});

test("a value that differs from what the comment says is found", async () => {
  const run = (code: string) => runExample(parseExample(code), {}, { three: 3 });
  expect(await run("three + 0.004; // 3.00\nconst list = [1.26, three]; // [1.3, 3]\nthree; // prose")).toBe(2);
  await expect(run("three + 0.006; // 3.00")).rejects.toThrow("The example says 3.00, but it is 3.006.");
  await expect(run("const pair = [1, three]; // [1, 2]")).rejects.toThrow();
  await expect(run("[1, three]; // [1]")).rejects.toThrow();
  await expect(run('"3"; // 3')).rejects.toThrow();
});
