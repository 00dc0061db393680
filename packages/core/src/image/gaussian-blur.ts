import { type Steps, within } from "../flow/steps.ts";
import { type AxisFilter, buildAxisFilter, filterAlongColumns, filterAlongRows, multiplyAdds } from "./axis-filter.ts";
import { createPlane, type Plane } from "./picture.ts";

/** One separable pass of a blur. */
interface BlurPass {
  readonly along: "rows" | "columns";
  readonly filter: AxisFilter;
}

/** What a blur of one size will do, and how many multiply-adds that takes. */
export interface BlurPlan {
  readonly passes: readonly BlurPass[];
  readonly multiplyAdds: number;
}

/** Up to this many multiply-adds the exact sum is fast enough to be always right to use. */
const exactWork = 1 << 24;
/** Narrower than this (px), the exact kernel takes no more work than the way over a coarse grid. */
const coarseFromSigma = 6;
/** Grid steps per sigma: the finest detail a blurred picture still has is sampled this often. */
const gridStepsPerSigma = 4;
/** How far a kernel on the way over the grid reaches, in its sigmas: what is cut off weighs less than 1e-6. */
const reach = 5;

/**
 * Blurs a plane with a Gaussian of standard deviation `sigma` (px), borders mirrored (reflect-101).
 *
 * Where the sum is cheap it is taken exactly, with the kernel OpenCV uses (`GaussianBlur` with ksize 0 on floats:
 * round(8 sigma + 1) | 1 taps, normalised). Otherwise the plane is smoothed a little and sampled on a grid of about
 * sigma / 4, blurred there by what is missing (variances of Gaussians add), and interpolated back by a Lagrange
 * polynomial through 6 points, so that a blur over 250 px takes no more work than one over 15 px. Both ends of each
 * axis lie on the grid, which makes mirroring exact on it. That way approximates the full, not OpenCV's cut, Gaussian.
 *
 * @param into where the result goes; may be `plane` itself.
 */
export function* gaussianBlur(plane: Plane, sigma: number, into?: Plane): Steps<Plane> {
  const { passes, multiplyAdds: total } = planGaussianBlur(plane.width, plane.height, sigma);
  let current = plane;
  let done = 0;
  for (const [index, { along, filter }] of passes.entries()) {
    const width = along === "rows" ? filter.outputs : current.width;
    const height = along === "rows" ? current.height : filter.outputs;
    const target = index === passes.length - 1 && into ? into : createPlane(width, height);
    const work = multiplyAdds(filter, along === "rows" ? height : width) / total;
    const pass = along === "rows" ? filterAlongRows : filterAlongColumns;
    yield* within(done, done + work, pass(filter, current, target));
    done = Math.min(1, done + work);
    current = target;
  }
  return current;
}

/** Decides how a plane of this size is blurred: see `gaussianBlur`. */
export function planGaussianBlur(width: number, height: number, sigma: number): BlurPlan {
  const taps = 2 * exactRadius(sigma) + 1;
  const work = width * height * (Math.min(taps, width) + Math.min(taps, height));
  return work <= exactWork || sigma < coarseFromSigma
    ? exactPlan(width, height, sigma)
    : coarsePlan(width, height, sigma);
}

function exactPlan(width: number, height: number, sigma: number): BlurPlan {
  const radius = exactRadius(sigma);
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, k) => gaussian(k - radius, sigma));
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  const filterFor = (count: number) =>
    buildAxisFilter(count, count, "mirror", (output, add) => {
      if (count === 1) add(0, 1);
      else for (let k = 0; k < kernel.length; k++) add(output + k - radius, kernel[k] / sum);
    });
  return planOf(width, height, [
    { along: "rows", filter: filterFor(width) },
    { along: "columns", filter: filterFor(height) },
  ]);
}

/** Half of OpenCV's kernel, its middle left out. */
function exactRadius(sigma: number): number {
  return Math.round(8 * sigma + 1) >> 1;
}

function coarsePlan(width: number, height: number, sigma: number): BlurPlan {
  const x = coarseAxis(width, sigma);
  const y = coarseAxis(height, sigma);
  return planOf(width, height, [
    { along: "rows", filter: x.reduce },
    { along: "columns", filter: y.reduce },
    { along: "rows", filter: x.blur },
    { along: "columns", filter: y.blur },
    { along: "columns", filter: y.interpolate },
    { along: "rows", filter: x.interpolate },
  ]);
}

function planOf(width: number, height: number, passes: readonly BlurPass[]): BlurPlan {
  let columns = width;
  let rows = height;
  let total = 0;
  for (const { along, filter } of passes) {
    total += multiplyAdds(filter, along === "rows" ? rows : columns);
    if (along === "rows") columns = filter.outputs;
    else rows = filter.outputs;
  }
  return { passes, multiplyAdds: total };
}

/** The three filters of one axis: onto the grid, on the grid, back. */
function coarseAxis(count: number, sigma: number): { reduce: AxisFilter; blur: AxisFilter; interpolate: AxisFilter } {
  const intervals = Math.ceil((count - 1) / (sigma / gridStepsPerSigma));
  const step = intervals === 0 ? 1 : (count - 1) / intervals;
  const missing = Math.sqrt((sigma / step) ** 2 - 1);
  return {
    reduce: buildAxisFilter(count, intervals + 1, "mirror", (output, add) => {
      addGaussian(output * step, step, add);
    }),
    blur: buildAxisFilter(intervals + 1, intervals + 1, "mirror", (output, add) => {
      addGaussian(output, missing, add);
    }),
    interpolate: buildAxisFilter(intervals + 1, count, "mirror", (output, add) => {
      addLagrange(output / step, add);
    }),
  };
}

function addGaussian(centre: number, sigma: number, add: (position: number, weight: number) => void): void {
  const from = Math.ceil(centre - reach * sigma);
  const to = Math.floor(centre + reach * sigma);
  let sum = 0;
  for (let position = from; position <= to; position++) sum += gaussian(position - centre, sigma);
  for (let position = from; position <= to; position++) add(position, gaussian(position - centre, sigma) / sum);
}

/** Weights of the polynomial through the 6 grid points around `at`. */
function addLagrange(at: number, add: (position: number, weight: number) => void): void {
  const first = Math.floor(at) - 2;
  for (let j = 0; j < 6; j++) {
    let weight = 1;
    for (let k = 0; k < 6; k++) if (k !== j) weight *= (at - first - k) / (j - k);
    add(first + j, weight);
  }
}

function gaussian(distance: number, sigma: number): number {
  return Math.exp((-0.5 * distance * distance) / (sigma * sigma));
}
