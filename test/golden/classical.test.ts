import { findMethod, finish, type MethodSettings, type Picture } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { hasShared } from "../support/shared.ts";
import { goldenNames, goldenPicture, goldenValues, levelsOf, worstDifference } from "./classical-golden.ts";

const tensors = "he_clahe_retinex";

function enhanced(method: string, picture: Picture, settings: MethodSettings = {}): Picture {
  return finish(findMethod(method).enhance(picture, settings, { levels: 255 }));
}

describe.skipIf(!hasShared).each(goldenNames)("golden picture %s: the classical methods", (name) => {
  test.each([0.45, 0.6, 2.2])("gamma %s gives the golden bytes", async (exponent) => {
    const result = enhanced("gamma", await goldenPicture(`${name}.input.png`), { gamma: exponent });
    const golden = await goldenPicture(`${name}.gamma_${exponent}.png`);
    expect(worstDifference(levelsOf(result), levelsOf(golden))).toBe(0);
  });

  test("histogram equalisation gives OpenCV's bytes", async () => {
    const result = enhanced("he", await goldenPicture(`${name}.input.png`));
    const golden = await goldenPicture(`${name}.he_luma.png`);
    expect(worstDifference(levelsOf(result), levelsOf(golden))).toBe(0);
  });

  test("histogram equalisation of OpenCV's Y as a grey picture gives OpenCV's equalised Y", async () => {
    const { width, height } = await goldenPicture(`${name}.input.png`);
    const ycrcb = Array.from(goldenValues(tensors, `${name}.ycrcb_u8_hwc`));
    const samples = Float32Array.from({ length: width * height }, (_, i) => ycrcb[3 * i] / 255);
    const result = enhanced("he", { width, height, channels: 1, samples });
    expect(worstDifference(levelsOf(result), goldenValues(tensors, `${name}.he_y_u8`))).toBe(0);
  });

  test("CLAHE of a grey picture gives OpenCV's bytes", async () => {
    const grey = await goldenPicture(`${name}.gray.png`);
    expect(grey.channels).toBe(1);
    expect(worstDifference(levelsOf(grey), goldenValues(tensors, `${name}.gray_u8`))).toBe(0);
    const result = levelsOf(enhanced("clahe", grey));
    expect(worstDifference(result, goldenValues(tensors, `${name}.clahe_gray_u8`))).toBe(0);
    expect(worstDifference(result, levelsOf(await goldenPicture(`${name}.clahe_gray.png`)))).toBe(0);
  });

  test("CLAHE of OpenCV's L as a grey picture gives OpenCV's bytes", async () => {
    const { width, height } = await goldenPicture(`${name}.input.png`);
    const lab = goldenValues(tensors, `${name}.lab_u8_hwc`);
    const samples = Float32Array.from({ length: width * height }, (_, i) => lab[3 * i] / 255);
    const result = enhanced("clahe", { width, height, channels: 1, samples });
    expect(worstDifference(levelsOf(result), goldenValues(tensors, `${name}.clahe_L_u8`))).toBe(0);
  });

  test("CLAHE of a colour picture is within one level of OpenCV's on L of Lab", async () => {
    const result = enhanced("clahe", await goldenPicture(`${name}.input.png`));
    const golden = await goldenPicture(`${name}.clahe_lab.png`);
    expect(worstDifference(levelsOf(result), levelsOf(golden))).toBeLessThanOrEqual(1);
  });

  test.each([15, 80, 250])(
    "single-scale Retinex of sigma %s, stretched without clipping, is within one level",
    async (sigma) => {
      const result = enhanced("ssr", await goldenPicture(`${name}.input.png`), { sigma, clip: 0 });
      const golden = await goldenPicture(`${name}.ssr${sigma}_stretch.png`);
      expect(worstDifference(levelsOf(result), levelsOf(golden))).toBeLessThanOrEqual(1);
    },
  );

  test("multi-scale Retinex, stretched without clipping, is within one level", async () => {
    const result = enhanced("msr", await goldenPicture(`${name}.input.png`), { clip: 0 });
    const golden = await goldenPicture(`${name}.msr_stretch.png`);
    expect(worstDifference(levelsOf(result), levelsOf(golden))).toBeLessThanOrEqual(1);
  });
});
