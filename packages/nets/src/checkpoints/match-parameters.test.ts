import { describe, expect, it } from "vitest";
import { expectInvalidModel } from "../../../../test/support/hostile-bytes.ts";
import { hwioToOihw, hwoiToIohw } from "./kernel-layout.ts";
import { matchParameters, type ParameterMapping } from "./match-parameters.ts";
import type { StoredTensor } from "./stored-tensor.ts";

const counting = (...shape: number[]): StoredTensor => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});

describe("kernel layouts", () => {
  it("move TensorFlow's (height, width, in, out) to (out, in, height, width)", () => {
    // 1x2 kernel, 3 inputs, 2 outputs: value = ((w * 3) + in) * 2 + out.
    const { shape, values } = hwioToOihw(counting(1, 2, 3, 2));
    expect(shape).toEqual([2, 3, 1, 2]);
    expect([...values]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
  });

  it("move a transposed convolution's (height, width, out, in) to (in, out, height, width) without a flip", () => {
    const { shape, values } = hwoiToIohw(counting(2, 1, 1, 2));
    expect(shape).toEqual([2, 1, 2, 1]);
    expect([...values]).toEqual([0, 2, 1, 3]);
  });
});

const mapping: ParameterMapping = {
  sources: new Map([
    ["net/a/weight", { name: "A/w", layout: hwioToOihw }],
    ["net/a/bias", { name: "A/b" }],
    ["other/weight", { name: "B/w" }],
  ]),
  ignored: /Adam$/,
};
const wanted = new Map([
  ["net/a/weight", [2, 1, 1, 3]],
  ["net/a/bias", [2]],
]);

describe("matchParameters", () => {
  it("gives the wanted paths in the wanted layout, and leaves slots and unwanted nets aside", () => {
    const given = new Map([
      ["A/w", counting(1, 3, 1, 2)],
      ["A/b", { shape: [2], values: Float64Array.of(0.5, 1) }],
      ["A/b/Adam", counting(2)],
      ["B/w", counting(7)],
    ]);
    expect(matchParameters(wanted, given, mapping, "x")).toEqual(
      new Map([
        ["net/a/weight", { shape: [2, 1, 1, 3], values: Float32Array.of(0, 2, 4, 1, 3, 5) }],
        ["net/a/bias", { shape: [2], values: Float32Array.of(0.5, 1) }],
      ]),
    );
  });

  it("takes a path that the mapping does not know by its own name", () => {
    const given = new Map([["net/a/weight", counting(2)]]);
    const own = matchParameters(new Map([["net/a/weight", [2]]]), given, { sources: new Map() }, "x");
    expect(own.get("net/a/weight")?.values).toEqual(Float32Array.of(0, 1));
  });

  it("lists missing, unexpected and wrong-shaped names in one error", () => {
    const given = new Map([
      ["A/w", counting(3, 3, 1, 2)],
      ["C/w", counting(1)],
    ]);
    expectInvalidModel(
      () => matchParameters(wanted, given, mapping, "model.ckpt"),
      /^model\.ckpt: .* 1 missing: A\/b \(for net\/a\/bias\); 1 unexpected: C\/w; 1 of the wrong shape: A\/w \(for net\/a\/weight\) is \[2, 1, 3, 3\] and should be \[2, 1, 1, 3\]\./,
    );
  });

  it("compares a tensor of another rank as it is stored", () => {
    const given = new Map([
      ["A/w", counting(6)],
      ["A/b", counting(2)],
    ]);
    expectInvalidModel(() => matchParameters(wanted, given, mapping, "x"), /is \[6\] and should be \[2, 1, 1, 3\]/);
  });

  it("names the first ten of many and counts all", () => {
    const given = new Map(Array.from({ length: 12 }, (_, i) => [`u${i}`, counting(1)]));
    expectInvalidModel(() => matchParameters(new Map(), given, mapping, "x"), /12 unexpected: u0, .*, u9, …\./);
  });
});
