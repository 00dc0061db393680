import { readFileSync } from "node:fs";
import { lpipsDistance, lpipsInput } from "@kindling/core/internal";
import { readPhoto } from "@kindling/node";
import { describe, expect, test } from "vitest";
import { goldenTensors, hasShared, sharedPath } from "../support/shared.ts";
import { squeezeNetTaps } from "./squeezenet.ts";

describe.skipIf(!hasShared)("golden LPIPS-like distance over SqueezeNet", () => {
  test.each(["p1_low_vs_normal", "p2_gamma_vs_normal", "p3_gain_vs_normal"])(
    "%s is that of the authors' code to four digits, weighted and unweighted",
    async (name) => {
      const tensors = goldenTensors("lpips_squeezenet11_mat_and_lin_weights.safetensors");
      const weights = Array.from({ length: 7 }, (_, i) => tensors.get(`lin${i}`)!.values);
      const wanted = JSON.parse(readFileSync(sharedPath("golden", "metrics", "metrics.json"), "utf8"))[name];
      const [result, reference] = await Promise.all(
        ["test", "ref"].map(async (role) => {
          const { picture } = await readPhoto(sharedPath("golden", "metrics", `${name}.${role}.png`));
          return squeezeNetTaps(lpipsInput(picture), tensors);
        }),
      );
      const distance = lpipsDistance(result, reference, weights);
      expect(Math.abs(distance / wanted.lpips_like_literal - 1)).toBeLessThan(1e-4);
      const ones = weights.map((layer) => layer.map(() => 1));
      const unweighted = lpipsDistance(result, reference, ones);
      expect(Math.abs(unweighted / wanted.lpips_like_literal_unweighted - 1)).toBeLessThan(1e-4);
    },
  );
});
