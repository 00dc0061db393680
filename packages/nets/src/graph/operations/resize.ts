import { attribute } from "../attribute.ts";
import { times } from "../dimension.ts";
import { applyOne, defineOperation, floatShape, refuse, sidesInNumbers } from "../operation.ts";
import { constant, type Operation, type Tensor } from "../tensor.ts";
import { axisProduct } from "./axis-product.ts";

/** Which points of the two sizes are mapped to each other: the outer edges, or the centres of the corner pixels. */
export type PixelCentres = "half_pixel" | "align_corners";

/**
 * Resizes by interpolation. Inputs: x, regions (not supported), factors, sizes; one of the last two is given.
 *
 * Modes: `linear` with half-pixel centres or aligned corners; `nearest` with asymmetric coordinates rounded down.
 */
const resizeOperation = defineOperation({
  type: "Resize",
  since: 13,
  arity: [1, 4],
  fixed: [1, 2],
  attributes: {
    mode: attribute("string", "nearest"),
    coordinate_transformation_mode: attribute("string", "half_pixel"),
    nearest_mode: attribute("string", "round_prefer_floor"),
    cubic_coeff_a: attribute("float", -0.75),
    exclude_outside: attribute("int", 0),
    extrapolation_value: attribute("float", 0),
  },
  infer([x, regions, factors, sizes], attributes) {
    const shape = floatShape("Resize", x, 4);
    const { mode, coordinate_transformation_mode: centres, nearest_mode: rounding } = attributes;
    const supported =
      mode === "linear"
        ? centres === "half_pixel" || centres === "align_corners"
        : mode === "nearest" && centres === "asymmetric" && rounding === "floor";
    if (!supported) throw refuse("Resize", `mode ${mode} with ${centres} coordinates is not supported`);
    if (regions && regions.source.kind === "constant" && regions.source.values.length > 0)
      throw refuse("Resize", "regions are not supported");
    if (sizes) {
      if (sizes.value?.length !== 4)
        throw refuse("Resize", "its sizes must be four, known from the sizes of the graph");
      return [{ element: "float32", shape: sizes.value }];
    }
    return [{ element: "float32", shape: shape.map((side, axis) => times(side, factorsOf(factors)[axis])) }];
  },
  reach([, , factors, sizes], { mode, coordinate_transformation_mode: centres }, axis) {
    // With aligned corners or a given size, positions depend on the size of the whole picture.
    if (sizes || centres === "align_corners") return undefined;
    const scale = factorsOf(factors)[axis];
    if (mode === "nearest") {
      return {
        scale,
        needs: ({ first, last }) => ({ first: Math.floor(first / scale), last: Math.floor(last / scale) }),
      };
    }
    const position = (output: number) => (output + 0.5) / scale - 0.5;
    return {
      scale,
      needs: ({ first, last }) => ({ first: Math.floor(position(first)), last: Math.ceil(position(last)) }),
    };
  },
  gradient({ inputs: [x, , factors], attributes }, [g], build) {
    const [sides, results] = [sidesInNumbers("Resize", x), sidesInNumbers("Resize", g)];
    return [
      sides.reduce((gradient, side, axis) => {
        if (results[axis] === side) return gradient;
        const scale = factors ? factorsOf(factors)[axis] : results[axis] / side;
        return axisProduct(build, gradient, axis, interpolation(side, results[axis], scale, attributes));
      }, g!),
    ];
  },
});

/** Makes the matrix [results, side] whose product with a row of pixels resizes it. */
function interpolation(
  side: number,
  results: number,
  scale: number,
  { mode, coordinate_transformation_mode: centres }: { mode: string; coordinate_transformation_mode: string },
): Tensor {
  const values = new Float32Array(results * side);
  for (let i = 0; i < results; i++) {
    if (mode === "nearest") {
      values[i * side + Math.min(Math.floor(i / scale), side - 1)] = 1;
      continue;
    }
    const position = centres === "half_pixel" ? (i + 0.5) / scale - 0.5 : (i * (side - 1)) / Math.max(results - 1, 1);
    const inside = Math.min(Math.max(position, 0), side - 1);
    const left = Math.floor(inside);
    values[i * side + left] += 1 - (inside - left);
    if (left + 1 < side) values[i * side + left + 1] += inside - left;
  }
  return constant(values, [results, side]);
}

function factorsOf(factors: Tensor | undefined): readonly number[] {
  if (factors?.source.kind === "constant" && factors.source.values instanceof Float32Array) {
    const list = [...factors.source.values];
    // Only for integer factors is the new size the same in float32 and in exact arithmetic.
    if (list.length === 4 && list.every((factor) => Number.isInteger(factor) && factor >= 1)) return list;
  }
  throw refuse("Resize", "its factors must be four integers of at least 1, fixed in the graph");
}

/** The operations of this family. */
export const resizeOperations: readonly Operation[] = [resizeOperation];

/**
 * Enlarges height and width by an integer factor: each pixel becomes a block.
 *
 * @example
 * // runs
 * const blocks = repeatPixels(image, 4); // [1, 3, 256, 384]
 */
export function repeatPixels(x: Tensor, factor: number): Tensor {
  return applyOne(resizeOperation, [x, undefined, constant([1, 1, factor, factor])], {
    coordinate_transformation_mode: "asymmetric",
    nearest_mode: "floor",
  });
}

/**
 * Doubles height and width by bilinear interpolation.
 *
 * @example
 * // runs
 * const doubled = upsampleBilinear2(image, "half_pixel"); // [1, 3, 128, 192]
 */
export function upsampleBilinear2(x: Tensor, centres: PixelCentres): Tensor {
  return applyOne(resizeOperation, [x, undefined, constant([1, 1, 2, 2])], {
    mode: "linear",
    coordinate_transformation_mode: centres,
  });
}
