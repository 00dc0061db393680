import { attribute } from "../attribute.ts";
import { same } from "../dimension.ts";
import { applyOne, defineOperation, floatShape, refuse } from "../operation.ts";
import type { Operation, Tensor } from "../tensor.ts";

/** Throws unless a scale is a scalar, or a vector with one value for each position along the axis. */
function requireScale(type: string, x: Tensor, scale: Tensor, axis: number): void {
  const sides = floatShape(type, scale);
  const perAxis = sides.length === 1 && axis < x.shape.length && same(sides[0], x.shape[axis]);
  if (sides.length > 0 && !perAxis) throw refuse(type, `its scale must be a scalar or fit axis ${axis}`);
}

/** Rounds floats to integer multiples of a scale. Inputs: x, scale, zero point, whose type the result has. */
const quantizeLinearOperation = defineOperation({
  type: "QuantizeLinear",
  since: 13,
  arity: [3, 3],
  attributes: { axis: attribute("int", 1) },
  infer([x, scale, zeroPoint], { axis }) {
    const shape = floatShape("QuantizeLinear", x);
    requireScale("QuantizeLinear", x!, scale!, axis);
    const { element } = zeroPoint!;
    if (element !== "uint8" && element !== "int8") throw refuse("QuantizeLinear", `to ${element} is not supported`);
    return [{ element, shape }];
  },
});

/** Floats from integer multiples of a scale. Inputs: x, scale, zero point (default 0, of x's type). */
const dequantizeLinearOperation = defineOperation({
  type: "DequantizeLinear",
  since: 13,
  arity: [2, 3],
  attributes: { axis: attribute("int", 1) },
  infer([x, scale, zeroPoint], { axis }) {
    const { element, shape } = x!;
    if (element !== "uint8" && element !== "int8" && element !== "int32")
      throw refuse("DequantizeLinear", `of ${element} is not supported`);
    if (zeroPoint && zeroPoint.element !== element) throw refuse("DequantizeLinear", "its zero point has another type");
    requireScale("DequantizeLinear", x!, scale!, axis);
    return [{ element: "float32", shape }];
  },
});

/** The operations of this family. */
export const quantisationOperations: readonly Operation[] = [quantizeLinearOperation, dequantizeLinearOperation];

/** round(x / scale) + zeroPoint, halves to even, clipped to the range of the zero point's type: uint8 or int8. */
export function quantizeLinear(x: Tensor, scale: Tensor, zeroPoint: Tensor): Tensor {
  return applyOne(quantizeLinearOperation, [x, scale, zeroPoint]);
}

/**
 * (x - zeroPoint) * scale.
 *
 * @param scale a scalar, or a vector along the axis.
 */
export function dequantizeLinear(x: Tensor, scale: Tensor, zeroPoint?: Tensor, axis = 1): Tensor {
  return applyOne(dequantizeLinearOperation, zeroPoint ? [x, scale, zeroPoint] : [x, scale], { axis });
}
