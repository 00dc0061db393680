import { type Steps, within } from "../../flow/steps.ts";
import type { Plane } from "../../image/picture.ts";
import { addBorder, removeBorder } from "./bordered-plane.ts";
import { filterGroups, shrinkHard, shrinkWiener } from "./collaborative-filter.ts";
import { cosineTransform } from "./cosine-transform.ts";
import type { PatchTransform } from "./patch-transform.ts";
import { waveletTransform } from "./wavelet-transform.ts";

/** How the two steps work. */
export interface DenoiseSettings {
  /** Pixels from one patch that a group is made for to the next. */
  readonly step: number;
  /** How far away similar patches are looked for, px. */
  readonly radius: number;
  /** Of the first step: coefficients of at most so many times the noise are dropped. */
  readonly threshold: number;
  /** Transform within the patches of the first step; the second has the cosine transform. */
  readonly transform: "wavelet" | "cosine";
}

/** Rows of a larger picture that planes are of, for the patches to lie as they do in the whole. */
export interface RowsOf {
  readonly top: number;
  /** Of the whole picture. */
  readonly height: number;
}

/** What both steps make of planes, all in levels of 0 to 255. */
export interface Denoised {
  /** After the first step. */
  readonly basic: readonly Plane[];
  readonly final: readonly Plane[];
}

/** Groups of the two steps, powers of two. */
const mostHard = 16;
const mostWiener = 32;
/** Noise from which on patches of the cosine transform are larger, and from which on more counts as similar. */
const largePatchSigma = 40;
const farSigma = 35;

/**
 * Removes noise from the channels of a picture in BM3D's two steps: see `bm3d`.
 *
 * @param sigmas deviation of each channel's noise, above 0.
 * @param pictureSigma the noise of the picture's own channels, which decides the size of the patches.
 */
export function* denoisePlanes(
  planes: readonly Plane[],
  sigmas: readonly number[],
  pictureSigma: number,
  { step, radius, threshold, transform }: DenoiseSettings,
  rows: RowsOf = { top: 0, height: planes[0].height },
): Steps<Denoised> {
  const { width, height } = planes[0];
  const isFar = sigmas[0] >= farSigma;
  const cosine = cosineTransform(pictureSigma >= largePatchSigma ? 12 : 8);
  const first = transform === "wavelet" ? waveletTransform : cosine;
  const places = ({ size }: PatchTransform) => ({
    columns: placesOf(0, width, width, size, step).map((x) => x + radius),
    rows: placesOf(rows.top, rows.top + height, rows.height, size, step).map((y) => y - rows.top + radius),
  });
  const bordered = (some: readonly Plane[], { size }: PatchTransform) => some.map((p) => addBorder(p, radius, size));
  const cropped = (some: ReturnType<typeof bordered>) => some.map((p) => removeBorder(p, radius, width, height));

  const noisy = bordered(planes, first);
  const farthestHard = (isFar ? 5000 : 2500) * (planes.length === 1 ? 3 : 1);
  const basic = cropped(
    yield* within(
      0,
      0.35,
      filterGroups(noisy, noisy, sigmas, {
        match: { size: first.size, radius, most: mostHard, farthest: farthestHard },
        transform: first,
        ...places(first),
        shrink: shrinkHard(threshold),
      }),
    ),
  );
  const again = first.size === cosine.size ? noisy : bordered(planes, cosine);
  const final = cropped(
    yield* within(
      0.35,
      1,
      filterGroups(again, bordered(basic, cosine), sigmas, {
        match: { size: cosine.size, radius, most: mostWiener, farthest: isFar ? 3500 : 400 },
        transform: cosine,
        ...places(cosine),
        shrink: shrinkWiener,
      }),
    ),
  );
  return { basic, final };
}

/** Every `step`th position of a picture's axis from `from` on where a patch fits before `to`, and the axis's last one. */
function placesOf(from: number, to: number, count: number, size: number, step: number): number[] {
  const last = Math.max(count - size, 0);
  const places: number[] = [];
  for (let place = Math.ceil(from / step) * step; place < last && place + size <= to; place += step) places.push(place);
  if (last >= from && (last + size <= to || last === 0)) places.push(last);
  return places;
}
