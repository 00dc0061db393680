import { describe, expect, it } from "vitest";
import { parseSetting } from "./parse-setting.ts";

describe("a setting of a method as people type it", () => {
  it("is a number by its name", () => {
    expect(parseSetting("clipLimit=3", "--set")).toEqual(["clipLimit", 3]);
  });

  it.each(["clipLimit", "clipLimit=", "clipLimit=much", "=3", "a=1=2"])("%s is refused", (text) => {
    expect(() => parseSetting(text, "--set")).toThrow("--set: expected name=number");
  });
});
