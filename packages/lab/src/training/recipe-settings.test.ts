import { describe, expect, test } from "vitest";
import { completeSettings, formatSettingValue, parseSettingValue } from "./recipe-settings.ts";

const options = {
  smoothness: { default: 0.15, min: 0, max: 10, about: "weight of the smoothness" },
  steps: { default: 2, min: 1, max: 5, integer: true, about: "steps" },
  tone: { default: "root", choices: ["encoded", "root"], about: "tone", formerName: "root" },
} as const;

describe("settings of a recipe", () => {
  test("are complete and keep what was given", () => {
    expect(completeSettings(options, {})).toEqual({ smoothness: 0.15, steps: 2, tone: "root" });
    expect(completeSettings(options, { tone: "encoded", steps: 5 })).toEqual({
      smoothness: 0.15,
      steps: 5,
      tone: "encoded",
    });
  });

  test("of runs from before choices had names are read by their number and former name", () => {
    expect(completeSettings(options, { root: 0 })).toMatchObject({ tone: "encoded" });
    expect(completeSettings(options, { root: 1 })).toMatchObject({ tone: "root" });
  });

  test("are read as they are typed, and written so", () => {
    expect(["1e-6", "0.5", "1:10:300", "root", "1:x", ""].map(parseSettingValue)).toEqual([
      ...[1e-6, 0.5, [1, 10, 300], "root", "1:x", ""],
    ]);
    expect([0.000001, 0.001, 0.01, 0, 0.5, [1, 0.0001], "root"].map(formatSettingValue)).toEqual([
      ...["1e-6", "1e-3", "0.01", "0", "0.5", "1:1e-4", "root"],
    ]);
  });

  test("of several numbers take a list or one number", () => {
    const scales = { scales: { default: [1, 10], min: 1, max: 100, most: 3, about: "" } };
    expect(completeSettings(scales, {})).toEqual({ scales: [1, 10] });
    expect(completeSettings(scales, { scales: [2, 3, 4] })).toEqual({ scales: [2, 3, 4] });
    expect(completeSettings(scales, { scales: 5 })).toEqual({ scales: [5] });
    for (const wrong of [[1, 2, 3, 4], [0], [], "ten"]) {
      expect(() => completeSettings(scales, { scales: wrong })).toThrow(
        "--set: scales takes up to 3 numbers from 1 to 100, as in 1:10:100; got",
      );
    }
  });

  test.each([
    [{ ton: 1 }, "--set: no setting is called ton. The network has: smoothness, steps, tone."],
    [{ tone: "linear" }, "--set: tone takes encoded, root; got linear."],
    [{ tone: 2 }, "--set: tone takes encoded, root; got 2."],
    [{ tone: "formerName" }, "got formerName"],
    [{ smoothness: 11 }, "--set: smoothness takes a number from 0 to 10; got 11."],
    [{ smoothness: "much" }, "got much"],
    [{ smoothness: Number.NaN }, "got NaN"],
    [{ steps: 1.5 }, "--set: steps takes a whole number from 1 to 5; got 1.5."],
  ])("refuse %o", (given, message) => {
    expect(() => completeSettings(options, given)).toThrow(message);
  });
});
