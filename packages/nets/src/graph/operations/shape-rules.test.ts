import { describe, expect, it } from "vitest";
import { expectInvalidModel } from "../../../../../test/support/hostile-bytes.ts";
import {
  add,
  averagePool,
  cast,
  concat,
  conv,
  convTranspose,
  div,
  expand,
  gather,
  matMul,
  maxPool2,
  mul,
  pad,
  range,
  reduceMean,
  reshape,
  shapeOf,
  sizeOf,
  slice,
  squeeze,
  sub,
  transpose,
  unsqueeze,
  upsampleBilinear2,
} from "../builders.ts";
import { format, formatShape, freeDimension } from "../dimension.ts";
import { constant, input, integers, type Tensor } from "../tensor.ts";

const [n, h, w] = ["n", "h", "w"].map(freeDimension);
const picture = input("picture", [n, 3, h, w]);
const weight = (...shape: number[]) => constant(new Float32Array(shape.reduce((a, b) => a * b)), shape);
const shown = (tensor: Tensor) => formatShape(tensor.shape);

describe("the shape of the result", () => {
  it.each([
    [
      "a convolution that keeps the size",
      () => conv(picture, weight(8, 3, 3, 3), undefined, { pads: [1, 1, 1, 1] }),
      "[n, 8, h, w]",
    ],
    ["a window that loses its border", () => conv(picture, weight(8, 3, 3, 3)), "[n, 8, h-2, w-2]"],
    [
      "TensorFlow's SAME at stride 2",
      () => conv(picture, weight(8, 3, 3, 3), undefined, { pads: "same", strides: [2, 2] }),
      "[n, 8, floor((h+1)/2), floor((w+1)/2)]",
    ],
    ["a depthwise convolution", () => conv(picture, weight(3, 1, 1, 1), undefined, { group: 3 }), "[n, 3, h, w]"],
    [
      "a doubling convolution",
      () => convTranspose(picture, weight(3, 5, 2, 2), undefined, { strides: [2, 2] }),
      "[n, 5, 2*h, 2*w]",
    ],
    ["a pooling that rounds up", () => maxPool2(picture), "[n, 3, floor((h+1)/2), floor((w+1)/2)]"],
    ["a mean of windows", () => averagePool(picture, 3), "[n, 3, h, w]"],
    ["bilinear doubling", () => upsampleBilinear2(picture, "half_pixel"), "[n, 3, 2*h, 2*w]"],
    ["broadcasting", () => add(picture, weight(3, 1, 1)), "[n, 3, h, w]"],
    ["a sum with a number", () => add(1, picture), "[n, 3, h, w]"],
    ["a mean that keeps its sides", () => reduceMean(picture, [2, 3]), "[n, 3, 1, 1]"],
    ["a mean that drops them", () => reduceMean(picture, [-1, 1], false), "[n, h]"],
    ["joined channels", () => concat([picture, picture], 1), "[n, 6, h, w]"],
    ["a crop to a known size", () => slice(picture, 2, 1, 4), "[n, 3, min(4, h)-1, w]"],
    [
      "a crop to another picture's size",
      () => slice(convTranspose(picture, weight(3, 3, 2, 2), undefined, { strides: [2, 2] }), 3, 0, sizeOf(picture, 3)),
      "[n, 3, 2*h, w]",
    ],
    ["a cut from the end", () => slice(picture, 3, 0, -2), "[n, 3, h, w-2]"],
    ["flattened pictures", () => reshape(picture, [0, -1]), "[n, 3*h*w]"],
    ["sides in another order", () => transpose(picture, [0, 2, 3, 1]), "[n, h, w, 3]"],
    ["an expanded number", () => expand(constant([1], [1, 1, 1, 1]), shapeOf(picture)), "[n, 3, h, w]"],
    ["a border", () => pad(picture, [0, 0, 1, 2, 0, 0, 3, 4]), "[n, 3, h+4, w+6]"],
    ["counted positions", () => range(squeeze(add(sizeOf(picture, 2), integers([3])), [0])), "[h+3]"],
    ["gathered columns", () => gather(picture, integers([0, 0, 1, 2, 0]), 3), "[n, 3, h, 5]"],
    ["a product of matrices", () => matMul(picture, input("b", [w, 7])), "[n, 3, h, 7]"],
    ["an inserted side", () => unsqueeze(picture, [0, -1]), "[1, n, 3, h, w, 1]"],
  ])("of %s is known beforehand", (_, build, expected) => {
    expect(shown(build())).toBe(expected);
  });
});

describe("sizes in the graph", () => {
  it("keep their values through arithmetic, joining and picking", () => {
    const half = div(sizeOf(picture, 2), integers([2]));
    const all = concat([half, mul(sizeOf(picture, 3), integers([2])), sub(sizeOf(picture, 1), integers([1]))], 0);
    expect(all.value?.map(format)).toEqual(["floor((h)/2)", "2*w", "2"]);
    expect(gather(all, integers([2, 0]), 0).value?.map(format)).toEqual(["2", "floor((h)/2)"]);
    expect(slice(all, 0, 1, 3).value?.map(format)).toEqual(["2*w", "2"]);
  });

  it("lose their values where they become fractions", () => {
    expect(cast(sizeOf(picture, 2), "float32").value).toBeUndefined();
  });
});

describe("what does not fit is refused by name", () => {
  it.each<[string, () => unknown, RegExp]>([
    ["channels", () => conv(picture, weight(8, 4, 3, 3)), /Conv: its weight takes 4 channels/],
    ["a bias", () => conv(picture, weight(8, 3, 3, 3), weight(7)), /bias must have 8 values/],
    [
      "a window larger than its picture",
      () => conv(input("x", [1, 3, 2, 2]), weight(8, 3, 3, 3)),
      /window of 3 does not fit a side of 2/,
    ],
    ["sizes that differ", () => add(picture, maxPool2(picture)), /do not broadcast/],
    ["types that differ", () => add(picture, sizeOf(picture, 2)), /float32 and int64/],
    ["joined sides that differ", () => concat([picture, input("x", [n, 1, w, h])], 1), /does not fit beside/],
    ["a shape that holds other numbers of elements", () => reshape(picture, [4, 4]), /does not fill/],
    ["matrices", () => matMul(picture, picture), /columns of the first/],
    ["a missing axis", () => reduceMean(picture, [4]), /axis 4 of rank 4/],
    [
      "sizes that only the data knows",
      () => range(squeeze(cast(reduceMean(picture), "int64"), [0, 1, 2, 3])),
      /known in the graph/,
    ],
  ])("%s", (_, build, reason) => {
    expectInvalidModel(build, reason);
  });
});
