import { KindlingError, type NiqeModel, type Picture } from "@kindling/core";
import { gaussianOf, niqeFeatureCount, niqeFeatures } from "@kindling/core/internal";
import { readSafetensors, writeSafetensors } from "@kindling/nets";

const meanName = "mu_pris_param";
const covarianceName = "cov_pris_param";
/** Least sharpness of a sharp block, as a share of the sharpest block's. */
const sharpShare = 0.75;

/**
 * Estimates a NIQE model from good photographs: mean and covariance of the features of their sharp blocks.
 *
 * Source: Mittal, Soundararajan, Bovik, Making a "completely blind" image quality analyzer, IEEE Signal Processing
 * Letters 20(3), 2013, section II: blocks whose mean deviation is at least 0.75 of the largest in their photograph.
 *
 * @throws {KindlingError} `unsupported` for a photo with fewer than two blocks of 96x96 pixels, or for 36 sharp blocks or fewer.
 * @example
 * declare const goodPhotos: (typeof picture)[];
 * const niqeModel = estimateNiqeModel(goodPhotos);
 * const { niqe } = await measureResult(result, { niqeModel });
 */
export function estimateNiqeModel(photos: Iterable<Picture>): NiqeModel {
  const rows: Float64Array[] = [];
  for (const photo of photos) {
    const { values, sharpness } = niqeFeatures(photo);
    const least = sharpShare * Math.max(...sharpness);
    sharpness.forEach((sharp, block) => {
      const row = values.slice(block * niqeFeatureCount, (block + 1) * niqeFeatureCount);
      if (sharp >= least && !row.some(Number.isNaN)) rows.push(row);
    });
  }
  if (rows.length <= niqeFeatureCount) {
    throw new KindlingError(
      "unsupported",
      `A NIQE model needs more than ${niqeFeatureCount} sharp blocks; these photos have ${rows.length}. Give more photos.`,
    );
  }
  return gaussianOf(rows);
}

/**
 * Reads a NIQE model from a safetensors file with the tensors `mu_pris_param` (36 values) and `cov_pris_param` (36 x 36), as
 * BasicSR's parameter file names them.
 *
 * @param file names the file in errors.
 * @throws {KindlingError} `invalid-model` where the file cannot be read or a tensor is missing or has another size.
 * @example
 * const niqeModel = readNiqeModel(bytes, "niqe.safetensors");
 * const { niqe } = await measureResult(result, { niqeModel });
 */
export function readNiqeModel(bytes: Uint8Array, file: string): NiqeModel {
  const tensors = readSafetensors(bytes, file);
  const valuesOf = (name: string, count: number) => {
    const values = tensors.get(name)?.values;
    if (values?.length === count && values.every(Number.isFinite)) return values;
    const got = values ? `${values.length}` : "no such tensor";
    throw new KindlingError(
      "invalid-model",
      `${file}: a NIQE model has ${count} finite numbers in ${name}; this file has ${got}.`,
    );
  };
  return {
    mean: valuesOf(meanName, niqeFeatureCount),
    covariance: valuesOf(covarianceName, niqeFeatureCount ** 2),
  };
}

/**
 * Encodes a NIQE model as a safetensors file for `readNiqeModel`, in float32.
 *
 * @example
 * const file = writeNiqeModel(niqeModel);
 * const same = readNiqeModel(file, "niqe.safetensors");
 */
export function writeNiqeModel({ mean, covariance }: NiqeModel): Uint8Array<ArrayBuffer> {
  return writeSafetensors(
    new Map([
      [meanName, { shape: [1, niqeFeatureCount], values: Float64Array.from(mean) }],
      [covarianceName, { shape: [niqeFeatureCount, niqeFeatureCount], values: Float64Array.from(covariance) }],
    ]),
  );
}
