import { describe, expect, it } from "vitest";
import { parseSettings } from "./parse-setting.ts";

describe("settings of a method as people type them", () => {
  it("are numbers by their names, and the wish to be fast is one of them", () => {
    expect(parseSettings({ set: ["clipLimit=3", "tiles=4"] }, "--set")).toEqual({ clipLimit: 3, tiles: 4 });
    expect(parseSettings({ set: ["a=1"], fast: true }, "--set")).toEqual({ a: 1, fast: 1 });
    expect(parseSettings({ set: [], fast: false }, "--set")).toEqual({});
  });

  it.each(["clipLimit", "clipLimit=", "clipLimit=much", "=3", "a=1=2"])("%s is refused", (text) => {
    expect(() => parseSettings({ set: [text] }, "--set")).toThrow("--set: expected name=number");
  });
});
