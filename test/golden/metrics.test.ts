import { readFileSync } from "node:fs";
import { ciede2000, gtMean, loe, mae, mse, niqe, type Picture, psnr, ssim } from "@kindling/core";
import { niqeFeatures } from "@kindling/core/internal";
import { readPhoto } from "@kindling/node";
import { describe, expect, test } from "vitest";
import { goldenTensors, hasShared, sharedPath } from "../support/shared.ts";
import { worstDifference } from "./classical-golden.ts";

const golden = hasShared ? JSON.parse(readFileSync(sharedPath("golden", "metrics", "metrics.json"), "utf8")) : {};

async function picture(file: string): Promise<Picture> {
  return (await readPhoto(sharedPath("golden", "metrics", `${file}.png`))).picture;
}

function relative(found: number, wanted: number): number {
  return Math.abs(found / wanted - 1);
}

describe.skipIf(!hasShared).each(["p1_low_vs_normal", "p2_gamma_vs_normal", "p3_gain_vs_normal", "full_103_gamma"])(
  "golden pair %s",
  (name) => {
    const load = () => Promise.all([picture(`${name}.test`), picture(`${name}.ref`)]);
    const wanted = golden[name];

    test("MSE, MAE and PSNR are skimage's to nine digits", async () => {
      const [result, reference] = await load();
      expect(relative(mse(result, reference), wanted.mse)).toBeLessThan(1e-9);
      expect(relative(mae(result, reference), wanted.mae)).toBeLessThan(1e-9);
      expect(relative(psnr(result, reference), wanted.psnr)).toBeLessThan(1e-9);
    });

    test("SSIM is skimage's to 1e-7, on the whole and for each colour", async () => {
      const [result, reference] = await load();
      expect(Math.abs(ssim(result, reference) - wanted.ssim)).toBeLessThan(1e-7);
      for (const [colour, each] of wanted.ssim_per_channel_rgb.entries()) {
        expect(Math.abs(ssim(onlyColour(result, colour), onlyColour(reference, colour)) - each)).toBeLessThan(1e-7);
      }
    });

    test("GT-mean PSNR is that of luma means in floats, to 1e-6", async () => {
      const [result, reference] = await load();
      expect(Math.abs(psnr(gtMean(result, reference), reference) - wanted.psnr_gtmean_rgb)).toBeLessThan(1e-6);
    });

    test("CIEDE2000 is skimage's to 1e-4", async () => {
      const [result, reference] = await load();
      expect(Math.abs(ciede2000(result, reference) - wanted.ciede2000_mean)).toBeLessThan(1e-4);
    });
  },
);

function onlyColour({ width, height, channels, samples }: Picture, colour: number): Picture {
  return { width, height, channels: 1, samples: samples.filter((_, i) => i % channels === colour) };
}

describe.skipIf(!hasShared)("golden lightness orders", () => {
  test.each(["p1_low_vs_normal", "p2_gamma_vs_normal", "p3_gain_vs_normal"])("LOE of %s is exact", async (name) => {
    const [result, reference] = await Promise.all([picture(`${name}.test`), picture(`${name}.ref`)]);
    expect(loe(reference, result)).toBe(golden[name].loe_reference_to_test);
  });

  test("LOE of a dark photo against its lifted self, its reference and itself is exact", async () => {
    const [low, gamma, reference] = await Promise.all(
      ["full_103_low", "full_103_gamma.test", "full_103_gamma.ref"].map(picture),
    );
    const wanted = golden.full_103_gamma;
    expect(loe(low, gamma)).toBe(wanted.loe_low_to_test);
    expect(loe(low, reference)).toBe(wanted.loe_low_to_reference);
    expect(loe(low, low)).toBe(0);
  });
});

describe.skipIf(!hasShared).each(["full_103_low", "full_103_gamma.test", "full_103_gamma.ref", "ref_crop"])(
  "golden NIQE of %s",
  (name) => {
    const key = name === "ref_crop" ? "ref_crop_rows0-229_cols0-309" : name;
    const load = async () =>
      name === "ref_crop" ? crop(await picture("full_103_gamma.ref"), 310, 230) : picture(name);

    test("the features of every block are BasicSR's to 2e-3", async () => {
      const { values, blocks } = niqeFeatures(await load());
      const features = goldenTensors("niqe_features.safetensors");
      expect(blocks).toBe(golden.niqe[key].blocks);
      expect(worstDifference(values, features.get(`${key}.features_36`)!.values)).toBeLessThan(2e-3);
    });

    test("with BasicSR's model the score is its score to 0.005", async () => {
      const tensors = goldenTensors("niqe_pristine_params.safetensors");
      const model = {
        mean: tensors.get("mu_pris_param")!.values,
        covariance: tensors.get("cov_pris_param")!.values,
      };
      expect(Math.abs(niqe(await load(), model) - golden.niqe[key].niqe)).toBeLessThan(0.005);
    });
  },
);

function crop({ width, channels, samples }: Picture, columns: number, rows: number): Picture {
  const kept = samples.filter((_, i) => {
    const pixel = Math.floor(i / channels);
    return pixel % width < columns && Math.floor(pixel / width) < rows;
  });
  return { width: columns, height: rows, channels, samples: kept };
}
