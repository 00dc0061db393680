import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { runKindling } from "./support/run-kindling.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readmeOf = (room: string) => readFileSync(join(root, room, "README.md"), "utf8");

test("the example of the laboratory's README makes, enhances and measures a dark picture", () => {
  const example = readmeOf("packages/lab").match(/```ts\n([\s\S]*?)```/)?.[1] ?? "";
  const script = ts.transpile(example, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext });
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: root }).toString();
  expect(printed).toMatch(/^ {2}psnr: \d+\.\d+,$/m);
  expect(printed).toMatch(/^ {2}loe: \d+/m);
});

test.each(["packages/lab", "apps/cli"])("the README of %s lists every module", (room) => {
  const table = readmeOf(room).split("## Modules")[1] ?? "";
  const listed = [...table.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, names]) =>
    [...names.matchAll(/`(\S+?)\/?`/g)].map(([, name]) => name),
  );
  const entries = ["index.ts", "internal.ts", "platform.d.ts"];
  const rooms = readdirSync(join(root, room, "src")).filter(
    (name) => !entries.includes(name) && !name.endsWith(".test.ts"),
  );
  expect(listed.toSorted()).toEqual(rooms.toSorted());
});

test("the command's README lists every command", async () => {
  const { stdout } = await runKindling(["--help"]);
  const section = stdout.split("Commands:")[1]?.split("\n\n")[0] ?? "";
  const commands = [...section.matchAll(/^ {2}([\w-]+)/gm)].map(([, name]) => name).filter((name) => name !== "help");
  const listed = [...readmeOf("apps/cli").matchAll(/^\| `kindling ([\w-]+)`/gm)].map(([, name]) => name);
  expect(listed).toEqual(commands);
});
