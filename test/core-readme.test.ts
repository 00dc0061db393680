import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as core from "@kindling/core";
import { ts } from "ts-morph";
import { expect, test, vi } from "vitest";

const folder = fileURLToPath(new URL("../packages/core", import.meta.url));
const readme = readFileSync(join(folder, "README.md"), "utf8");

test("the example of core's README brightens its picture", async () => {
  const example = readme.match(/```ts\n([\s\S]*?)```/)?.[1] ?? "";
  const [, names, body] = example.match(/^import (\{.*\}) from "@kindling\/core";\n([\s\S]*)$/) ?? [];
  const log = vi.fn();
  const run = new Function(
    "core",
    "console",
    ts.transpile(`const ${names} = core; ${body}`, { target: ts.ScriptTarget.ES2022 }),
  );
  run(core, { log });
  expect(log).toHaveBeenCalledOnce();
  const [before, , after] = log.mock.calls[0].map(Number);
  expect(before).toBeCloseTo(0.0065, 4);
  expect(after).toBeGreaterThan(2 * before);
});

test("core's README lists every room", () => {
  const listed = [...readme.matchAll(/^\| `(\S+?)\/?` /gm)].map(([, room]) => room);
  const rooms = readdirSync(join(folder, "src")).filter(
    (room) => !["index.ts", "internal.ts", "platform.d.ts"].includes(room) && !room.endsWith(".test.ts"),
  );
  expect(listed.toSorted()).toEqual(rooms.toSorted());
});
