import { KindlingError } from "@kindling/core";
import { expect, test } from "vitest";
import { formatRunSettings, parseRunSettings } from "./run-settings.ts";
import { type TrainingPlan, trainingDefaults } from "./training-plan.ts";

const plan = {
  recipe: { network: "some" },
  stages: ["a", "b"].map((name, index) => ({
    index,
    stage: { name },
    settings: { steps: 10 + index, batch: 2, cropPx: 48, rate: 0.1 },
  })),
  options: { ...trainingDefaults, pairs: ["/data: 1"], steps: 99, threads: 3 },
  settings: { depth: 2 },
  validation: undefined,
} as unknown as TrainingPlan;

test("settings hold what was settled for every stage, and are read back as they were written", () => {
  expect(parseRunSettings(formatRunSettings(plan, "run"), "run.yaml")).toEqual({
    ...trainingDefaults,
    network: "some",
    pairs: ["/data: 1"],
    out: "run",
    threads: 3,
    set: { depth: 2 },
    steps: { a: 10, b: 11 },
    batch: { a: 2, b: 2 },
    crop: { a: 48, b: 48 },
    rate: { a: 0.1, b: 0.1 },
  });
});

test("runs written before 2027 say loss where set is meant", () => {
  expect(parseRunSettings("loss: { depth: 3 }", "run.yaml")).toEqual({ set: { depth: 3 } });
});

test("a file that is not YAML is named", () => {
  expect(() => parseRunSettings("a: b: c", "some.yaml")).toThrow(/some\.yaml: not YAML/);
  expect(parseRunSettings("", "some.yaml")).toEqual({});
});

test("aliases that multiply and nesting without end give one-line errors, as does text that is not YAML", () => {
  const nine = (name: string) => `[${Array(9).fill(name).join()}]`;
  const bomb = `a: &a ${nine("x")}\nb: &b ${nine("*a")}\nc: &c ${nine("*b")}\nd: ${nine("*c")}`;
  for (const text of [bomb, "a: b: c", "\t- &x [*x", "{a: [}"]) {
    expect(() => parseRunSettings(text, "some.yaml")).toThrow(KindlingError);
    expect(() => parseRunSettings(text, "some.yaml")).toThrow(/^some\.yaml: not YAML: [^\\]+\.$/);
  }
  const signs = ["[", "{a: ", "- ", "? "];
  const deep = [
    ...signs.map((sign) => sign.repeat(50_000)),
    Array.from({ length: 900 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
  ];
  for (const text of deep) {
    expect(() => parseRunSettings(text, "some.yaml")).toThrow(/^some\.yaml: its settings are nested too deeply/);
  }
});
