import { createPicture, type Picture } from "@kindling/core";
import {
  type CurvePoint,
  meanLuminance,
  nearestIndices,
  type Placement,
  pictureSink,
  pictureSource,
  type Transfer,
} from "@kindling/core/internal";

/** Values of alpha at which the result's light is measured: closer where it rises faster. */
const alphas = [0, 0.1, 0.25, 0.5, 0.75, 1, 1.4, 2, 2.8, 4, 5] as const;

/** Side in pixels of the copy it is measured on. */
const copyPx = 96;

/** A reduced copy of a photo: the size of the copy, and the pixels that it takes. */
export interface ReducedCopy extends Placement {
  readonly width: number;
  readonly height: number;
}

/** Chooses the pixels of a copy of at most 96 px a side, evenly spread. */
export function chooseCopy({ width, height }: Picture): ReducedCopy {
  const scale = Math.min(1, copyPx / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  return { ...size, columns: nearestIndices(width, size.width), rows: nearestIndices(height, size.height) };
}

/**
 * Measures KinD's light by its alpha on a reduced copy: `mean` is the mean luminance of the result over that of the photo.
 *
 * @param known further values of alpha to measure at.
 * @param light lights the copy: from alpha to a picture of the copy's size.
 */
export async function measureAlphas(
  picture: Picture,
  copy: ReducedCopy,
  known: readonly number[],
  transfer: Transfer,
  light: (alpha: number, lit: Picture) => Promise<void>,
): Promise<CurvePoint[]> {
  const before = meanLuminance(copyOf(picture, copy), transfer);
  const points: CurvePoint[] = [];
  for (const position of [...new Set([...alphas, ...known])].sort((a, b) => a - b)) {
    const lit = createPicture(copy.width, copy.height, picture.channels);
    await light(position, lit);
    points.push({ position, mean: before > 0 ? meanLuminance(lit, transfer) / before : 1 });
  }
  return points;
}

function copyOf(picture: Picture, copy: ReducedCopy): Picture {
  const reduced = createPicture(copy.width, copy.height, picture.channels);
  const region = { left: 0, top: 0, width: copy.width, height: copy.height };
  const values = new Float32Array(3 * copy.width * copy.height);
  pictureSource(picture, undefined, copy).fill(region, values);
  pictureSink(reduced).take({ fed: region, kept: region }, values);
  return reduced;
}
