import { describe, expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import { createPicture } from "../image/picture.ts";
import { findMethod } from "./registry.ts";

// Of a plain wall in even light the reflectance is 1 and the light the wall's own level: by hand V^(1/gamma).
describe.each(["srie", "jed", "robust-retinex"])("%s", (name) => {
  test.each([
    [0.1, 2.2],
    [0.3, 1.5],
  ])("raises even light of %s by gamma %s alone", (level, gamma) => {
    const wall = createPicture(12, 9, 3);
    for (let i = 0; i < wall.samples.length; i += 3) wall.samples.set([level, level / 2, level / 4], i);
    const { samples } = finish(findMethod(name).enhance(wall, { gamma }, { levels: 65535 }));
    // JED's light is the luma, the others' the brightest channel.
    const light = name === "jed" ? level * (0.299 + 0.587 / 2 + 0.114 / 4) : level;
    const gain = light ** (1 / gamma - 1);
    [level, level / 2, level / 4].forEach((value, c) => {
      expect(samples[3 * 50 + c]).toBeCloseTo(value * gain, 4);
    });
  });
});
