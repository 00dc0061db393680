import { chooseForm, completeSettings, formOfSettings, formOfSources } from "@kindling/lab/internal";
import { expect, test } from "vitest";
import { findSystem } from "./systems.ts";

const kind = findSystem("kind");

test("the form that weights are shipped in follows from what their sources say", () => {
  const formOf = (...belongsTo: string[]) => formOfSources(kind, belongsTo).name;
  expect(formOf("kind+root/analysis", "kind+root/relight")).toBe("kind+root");
  expect(formOf("kind+root")).toBe("kind+root");
  expect(formOf("kind/relight")).toBe("kind");
  // Nets that both forms have say nothing.
  expect(formOf("kind/adjustment", "kind+root/analysis")).toBe("kind+root");
  expect(formOf("kind/decomposition")).toBe("kind");
  expect(formOf()).toBe("kind");
  expect(() => formOf("kind/analysis", "kind+root/relight")).toThrow(/--from: weights of kind and kind\+root\./);
});

test("a form is chosen by its name, or by the settings of a training", () => {
  expect(chooseForm(kind).name).toBe("kind");
  expect(chooseForm(kind, "kind+root").name).toBe("kind+root");
  expect(() => chooseForm(kind, "root")).toThrow(
    /--variant root: expected one of the forms of kind: kind, kind\+root\./,
  );
  const { recipe } = kind;
  expect(formOfSettings(kind, completeSettings(recipe.settings, { tone: "root" })).name).toBe("kind+root");
  expect(formOfSettings(kind, completeSettings(recipe.settings, { tone: "encoded" })).name).toBe("kind");
});
