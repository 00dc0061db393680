import { lumaOf } from "../colour/luma.ts";
import { copyPicture, type Picture } from "../image/picture.ts";
import { requireSameShape } from "./same-shape.ts";

/**
 * The result with its brightness scaled to the reference's: what is measured for "GT-mean" PSNR and SSIM, which
 * separate a wrong exposure from wrong structure and colour.
 *
 * Every colour sample is multiplied by mean(luma of reference) / mean(luma of result) and clipped to 0..1, nothing is
 * rounded; luma = 0.299 R + 0.587 G + 0.114 B of the encoded samples. A black result is left as it is. As it looks at
 * the reference, a number measured on it never belongs in one column with the plain one.
 *
 * Source: the evaluation of KinD (arXiv 1905.04161) and of many after it, formula as in Retinexformer and HVI-CIDNet.
 * Departure: Retinexformer swaps the weights of red and blue, HVI-CIDNet rounds luma to 8 bits; neither is done here.
 *
 * @throws {KindlingError} `unsupported` where size or colours differ.
 * @example
 * // runs
 * psnr(result, reference); // 25.26
 * psnr(gtMean(result, reference), reference); // 37.89
 */
export function gtMean(result: Picture, reference: Picture): Picture {
  const colours = requireSameShape(result, reference);
  const before = meanLuma(result);
  const scaled = copyPicture(result);
  if (before === 0) return scaled;
  const scale = meanLuma(reference) / before;
  for (let p = 0; p < scaled.samples.length; p += scaled.channels) {
    for (let c = 0; c < colours; c++) {
      scaled.samples[p + c] = Math.min(1, Math.max(0, scale * result.samples[p + c]));
    }
  }
  return scaled;
}

function meanLuma(picture: Picture): number {
  const { values } = lumaOf(picture);
  return values.reduce((sum, luma) => sum + luma, 0) / values.length;
}
