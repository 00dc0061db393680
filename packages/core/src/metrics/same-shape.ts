import { KindlingError } from "../errors.ts";
import { colourChannels, type Picture } from "../image/picture.ts";

/**
 * The number of colour samples a pixel has in both pictures; alpha is never measured.
 *
 * @throws {KindlingError} `unsupported` where they differ in size, or one is grey and the other in colour.
 */
export function requireSameShape(result: Picture, reference: Picture): 1 | 3 {
  if (result.width !== reference.width || result.height !== reference.height) {
    const [is, wanted] = [result, reference].map(({ width, height }) => `${width} x ${height}`);
    throw new KindlingError(
      "unsupported",
      `it has ${is} pixels, the picture it is measured against ${wanted}. Crop or resize one to the size of the other.`,
    );
  }
  const colours = colourChannels(result);
  if (colours !== colourChannels(reference)) {
    const [is, wanted] = colours === 1 ? ["grey", "in colour"] : ["in colour", "grey"];
    throw new KindlingError(
      "unsupported",
      `it is ${is}, the picture it is measured against ${wanted}. Save both in the same way.`,
    );
  }
  return colours;
}
