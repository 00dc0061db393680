import { createPlane, createRandom, finish, type Picture, type Plane, type Random } from "@kindling/core";
import { colourChannels, guidedUpsample, reduceColours, resizePlane } from "@kindling/core/internal";
import { drawEvenly } from "./draw-from-range.ts";
import type { LinearPicture } from "./scene-of-photo.ts";

/** Names of the shapes of a partial darkening. */
export const darkeningShapes = ["region", "blobs", "linear", "radial"] as const;

/** How part of a scene is darkened. */
export interface PartialDarkening {
  /**
   * `region`: the photo's dark part, along its edges; `blobs`: a few large round spots; `linear` and `radial`: gradients.
   */
  readonly shape: (typeof darkeningShapes)[number];
  /** Light of the darkest place in stops (EV), 0 or less. */
  readonly stops: number;
  /** Whether the photo's bright part (sky, windows, lamps) keeps its light; always so for `region`. */
  readonly sparesBrightPart: boolean;
  /** Seed of the shape's place and size. */
  readonly seed: number;
}

/** Longer side of the grid on which a mask is drawn, in pixels. */
const gridSide = 96;

/** Variance of luma below which the edges of the photo do not show in the mask. */
const flatVariance = 1e-3;

/**
 * Darkens part of a scene, as if less light had fallen there: against a window, under trees, beside a lamp.
 *
 * @param scene the light of the photo; not changed.
 * @param photo the photo, encoded, which says what is bright.
 * @returns a new scene; light is multiplied by 2^(stops mask), with a mask from 0 to 1 (`maskPart`).
 */
export function darkenPart(scene: LinearPicture, photo: Picture, darkening: PartialDarkening): LinearPicture {
  const mask = maskPart(photo, darkening);
  const colours = colourChannels(scene);
  const samples = scene.samples.slice();
  for (let i = 0, first = 0; i < mask.values.length; i++, first += scene.channels) {
    if (mask.values[i] === 0) continue;
    const share = 2 ** (darkening.stops * mask.values[i]);
    for (let c = first; c < first + colours; c++) samples[c] *= share;
  }
  return { ...scene, samples };
}

/** Draws the mask of a partial darkening: 1 where the photo becomes darkest, 0 where it stays. */
export function maskPart(photo: Picture, { shape, sparesBrightPart, seed }: PartialDarkening): Plane {
  const random = createRandom(seed, "partial darkening");
  const { width, height } = photo;
  const scale = Math.min(1, gridSide / Math.max(width, height));
  const [columns, rows] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const smooth = shape === "region" ? undefined : drawShape(shape, columns, rows, random);
  const mask = smooth && finish(resizePlane(smooth, width, height));
  if (!sparesBrightPart && mask) return mask;
  const region = maskDarkRegion(photo, columns, rows, random);
  return mask ? { ...mask, values: mask.values.map((value, i) => value * region.values[i]) } : region;
}

/** Masks the dark part of a photo: Otsu's threshold of luma, a little shifted, on a small grid, then along the photo's edges. */
function maskDarkRegion(photo: Picture, columns: number, rows: number, random: Random): Plane {
  const guide = lumaOf(photo, photo.width, photo.height);
  const smallGuide = lumaOf(photo, columns, rows);
  const threshold = otsuThreshold(smallGuide.values) + drawEvenly([-0.06, 0.06], random);
  const softness = drawEvenly([0.03, 0.1], random);
  const small = {
    ...smallGuide,
    values: smallGuide.values.map((v) => smoothStep(0.5 - (v - threshold) / (2 * softness))),
  };
  finish(guidedUpsample(guide, smallGuide, small, 2, flatVariance));
  // Fitted lines leave a few percent on either side, which is no part of the scene's light.
  return { ...guide, values: guide.values.map((value) => smoothStep((value - 0.1) / 0.8)) };
}

function drawShape(shape: "blobs" | "linear" | "radial", columns: number, rows: number, random: Random): Plane {
  const plane = createPlane(columns, rows);
  const side = Math.max(columns, rows);
  const fill = (at: (x: number, y: number) => number) => {
    for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) plane.values[y * columns + x] = at(x, y);
    return plane;
  };
  const centre = () => [random() * columns, random() * rows] as const;
  if (shape === "linear") {
    const angle = 2 * Math.PI * random();
    const [x0, y0] = centre();
    const length = side * drawEvenly([0.1, 0.6], random);
    return fill((x, y) => smoothStep(0.5 + ((x - x0) * Math.cos(angle) + (y - y0) * Math.sin(angle)) / length));
  }
  if (shape === "radial") {
    const [x0, y0] = centre();
    const [inner, width] = [drawEvenly([0.1, 0.4], random), drawEvenly([0.1, 0.5], random)];
    return fill((x, y) => smoothStep((Math.hypot(x - x0, y - y0) / side - inner) / width));
  }
  const blobs = Array.from({ length: 1 + Math.floor(4 * random()) }, () => {
    const [x0, y0] = centre();
    const [across, along] = [random(), random()].map((r) => side * (0.1 + 0.2 * r));
    return (x: number, y: number) => Math.exp(-(((x - x0) / across) ** 2 + ((y - y0) / along) ** 2) / 2);
  });
  // Light shares multiply, so blobs that overlap do not exceed the darkest.
  return fill((x, y) => 1 - blobs.reduce((left, blob) => left * (1 - blob(x, y)), 1));
}

/** Luma of a photo, ITU-R BT.601, reduced to this size. */
function lumaOf(photo: Picture, columns: number, rows: number): Plane {
  const [red, green, blue] = finish(reduceColours(photo, columns, rows));
  const { values } = green;
  return { ...green, values: values.map((g, i) => 0.299 * red.values[i] + 0.587 * g + 0.114 * blue.values[i]) };
}

/** Finds the threshold between dark and bright that has the largest variance between both (Otsu, IEEE SMC 1979), halfway where many have. */
function otsuThreshold(values: Float32Array): number {
  const bins = 64;
  const counts = new Float64Array(bins);
  for (const value of values) counts[Math.min(bins - 1, Math.max(0, Math.floor(value * bins)))]++;
  let total = 0;
  for (let i = 0; i < bins; i++) total += i * counts[i];
  let [below, sum, best, first, last] = [0, 0, 0, bins / 2, bins / 2];
  for (let i = 0; i < bins - 1; i++) {
    below += counts[i];
    sum += i * counts[i];
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (sum / below - (total - sum) / above) ** 2;
    if (between > best) [best, first] = [between, i + 1];
    if (between === best) last = i + 1;
  }
  return (first + last) / 2 / bins;
}

function smoothStep(value: number): number {
  const t = Math.min(Math.max(value, 0), 1);
  return t * t * (3 - 2 * t);
}
