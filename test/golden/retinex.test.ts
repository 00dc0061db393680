import { findMethod, finish, type Picture, type Plane } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { retinex } from "../../packages/core/src/classical/retinex.ts";
import { labConverter } from "../../packages/core/src/colour/lab.ts";
import { blueDifference, lumaOf, redDifference } from "../../packages/core/src/colour/ycrcb.ts";
import { gaussianBlur } from "../../packages/core/src/image/gaussian-blur.ts";
import { hasShared } from "../support/shared.ts";
import { goldenNames, goldenPicture, goldenValues, levelsOf, planar, worstDifference } from "./classical-golden.ts";

const tensors = "he_clahe_retinex";

function redPlane({ width, height, channels, samples }: Picture): Plane {
  return {
    width,
    height,
    values: Float32Array.from({ length: width * height }, (_, i) => 255 * samples[i * channels]),
  };
}

describe.skipIf(!hasShared).each(goldenNames)("golden picture %s: blur, Retinex and colour", (name) => {
  test.each([15, 80, 250])("a Gaussian blur of sigma %s is within 1e-5 of 0 to 255", async (sigma) => {
    const plane = redPlane(await goldenPicture(`${name}.input.png`));
    const golden = Array.from(goldenValues(tensors, `${name}.blur${sigma}`)).slice(0, plane.values.length);
    expect(worstDifference(finish(gaussianBlur(plane, sigma)).values, golden)).toBeLessThan(1e-5);
  });

  test.each([15, 80, 250])("the single-scale Retinex of sigma %s is within 1e-5", async (sigma) => {
    const found = finish(retinex(await goldenPicture(`${name}.input.png`), [sigma]));
    expect(worstDifference(planar(found), goldenValues(tensors, `${name}.ssr${sigma}`))).toBeLessThan(1e-5);
  });

  test("the multi-scale Retinex is within 1e-5", async () => {
    const found = finish(retinex(await goldenPicture(`${name}.input.png`), [15, 80, 250]));
    expect(worstDifference(planar(found), goldenValues(tensors, `${name}.msr`))).toBeLessThan(1e-5);
  });

  test("Lab on bytes is OpenCV's", async () => {
    const picture = await goldenPicture(`${name}.input.png`);
    const lab = new Float64Array(picture.samples.length);
    labConverter(255).toLab(picture, 0, picture.samples.length / 3, lab);
    expect(worstDifference(lab, goldenValues(tensors, `${name}.lab_u8_hwc`))).toBe(0);
  });

  test("YCrCb on bytes is OpenCV's", async () => {
    const rgb = levelsOf(await goldenPicture(`${name}.input.png`));
    const ycrcb = rgb.map((_, i) => {
      const [r, g, b] = rgb.subarray(i - (i % 3), i - (i % 3) + 3);
      const luma = lumaOf(r, g, b);
      return [luma, redDifference(r, luma, 255), blueDifference(b, luma, 255)][i % 3];
    });
    expect(worstDifference(ycrcb, goldenValues(tensors, `${name}.ycrcb_u8_hwc`))).toBe(0);
  });
});

describe.skipIf(!hasShared).each(["x", "odd"])("golden picture %s: multi-scale Retinex, logarithm first", (name) => {
  test("the values are within 1e-5", async () => {
    const found = finish(retinex(await goldenPicture(`${name}.input.png`), [15, 80, 250], "first"));
    const golden = goldenValues("msr_log_first", `${name}.msr`, "classical-more");
    expect(worstDifference(planar(found), golden)).toBeLessThan(1e-5);
  });

  test("it is the cascade of MSR-Net's equations 5 to 8: each blur goes on from the one before", async () => {
    const picture = await goldenPicture(`${name}.input.png`);
    const sigmas = [15, Math.sqrt(80 ** 2 - 15 ** 2), Math.sqrt(250 ** 2 - 80 ** 2)];
    const logarithm = redPlane(picture);
    for (let i = 0; i < logarithm.values.length; i++) logarithm.values[i] = Math.log(1 + logarithm.values[i]);
    const cascade = logarithm.values.slice();
    let blurred = logarithm;
    for (const sigma of sigmas) {
      blurred = finish(gaussianBlur(blurred, sigma));
      for (let i = 0; i < cascade.length; i++) cascade[i] -= blurred.values[i] / 3;
    }
    const direct = planar(finish(retinex(picture, [15, 80, 250], "first"))).subarray(0, cascade.length);
    expect(worstDifference(cascade, direct)).toBeLessThan(2e-5);
    const golden = goldenValues("msr_log_first", `${name}.msr_cascade`, "classical-more");
    expect(worstDifference(cascade, Array.from(golden).slice(0, cascade.length))).toBeLessThan(1e-5);
  });

  test("stretched, it is the golden picture", async () => {
    const picture = await goldenPicture(`${name}.input.png`);
    const result = finish(findMethod("msr").enhance(picture, { logFirst: 1, clip: 0 }, { levels: 255 }));
    const golden = await goldenPicture(`${name}.msr_log_first_stretch.png`, "classical-more");
    expect(worstDifference(levelsOf(result), levelsOf(golden))).toBeLessThanOrEqual(1);
  });
});
