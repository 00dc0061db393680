import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeOnnx } from "@kindling/nets";
import { expect, test } from "vitest";
import { scratchFolder } from "./support/run-kindling.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

test("the example in the README of nets writes a network with its loss and a gradient", () => {
  const readme = readFileSync(join(root, "packages/nets/README.md"), "utf8");
  const [, example = ""] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const file = join(scratchFolder(), "tiny.onnx");
  const code = example.replace('"tiny.onnx"', JSON.stringify(file));
  execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd: root });

  const { outputs } = decodeOnnx(readFileSync(file), file).graph;
  const shapes = Object.entries(outputs).map(([name, { shape }]) => [name, shape]);
  expect(Object.fromEntries(shapes)).toEqual({
    enhanced: [1, 3, 32, 32],
    loss: [1, 1, 1, 1],
    gradient: [8, 3, 3, 3],
  });
});
