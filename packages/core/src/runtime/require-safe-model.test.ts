import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostileModels, message, model, node, scalingModel, tensor } from "../../../../test/support/onnx-bytes.ts";
import { KindlingError } from "../errors.ts";
import { requireSafeModel } from "./require-safe-model.ts";

test("a model without any of this passes", () => {
  expect(() => requireSafeModel(scalingModel(2))).not.toThrow();
  expect(() => requireSafeModel(scalingModel(-Infinity))).not.toThrow();
});

describe("a model is refused", () => {
  test.each([
    ["control flow", /control flow \(Loop\)/],
    ["weights of these sides", /a tensor of \[2147483648, 2147483648\]/],
    ["a negative side", /which its bytes do not fill/],
    ["weights that are no numbers", /no numbers/],
    ["weights in another file", /another file/],
    ["text", /not an ONNX file/],
  ])("for %s", (what, reason) => {
    expect(() => requireSafeModel(hostileModels[what]!())).toThrow(reason);
  });

  test("for a graph inside any operator, for weights of 16 bits that are no numbers, for constants like these", () => {
    const hidden = message([1, "then"], [6, message([2, "graph"])]);
    expect(() => requireSafeModel(model([node("Some", ["image"], ["enhanced"], hidden)]))).toThrow(/control flow/);
    const notANumber = tensor("w", 10, [1], Uint8Array.of(0x01, 0x7c));
    expect(() => requireSafeModel(model([], [notANumber]))).toThrow(/no numbers/);
    const constant = node("Constant", [], ["w"], message([1, "value"], [5, notANumber]));
    expect(() => requireSafeModel(model([constant]))).toThrow(/no numbers/);
  });
});

test("whatever bytes come, there is an answer or an error of Kindling", () => {
  const models = Object.values(hostileModels).map((make) => make());
  const damaged = fc
    .tuple(fc.constantFrom(...models), fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 6 }), fc.nat(2000))
    .map(([bytes, changes, length]) => {
      const copy = Uint8Array.from(bytes.slice(0, length));
      for (const [at, byte] of changes) if (copy.length > 0) copy[at % copy.length] = byte;
      return copy;
    });
  fc.assert(
    fc.property(damaged, (bytes) => {
      try {
        requireSafeModel(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(KindlingError);
      }
    }),
  );
});
