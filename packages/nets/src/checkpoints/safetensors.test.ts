import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectInvalidModel, expectSafeOnDamage } from "../../../../test/support/hostile-bytes.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import type { StoredTensor } from "./stored-tensor.ts";

function fileOf(header: unknown, data: number[] = []): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(data, 8 + json.length);
  return file;
}

const anyTensors = fc
  .dictionary(
    fc.string().filter((name) => name !== "__metadata__"),
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }).chain((shape) => {
      const count = shape.reduce((product, side) => product * side, 1);
      return fc
        .float32Array({ minLength: count, maxLength: count, noNaN: true })
        .map((values): StoredTensor => ({ shape, values }));
    }),
  )
  .map((tensors) => new Map(Object.entries(tensors)));

describe("readSafetensors", () => {
  it("decodes each element type by hand-written bytes", () => {
    const header = {
      half: { dtype: "F16", shape: [2], data_offsets: [0, 4] },
      brain: { dtype: "BF16", shape: [1], data_offsets: [4, 6] },
      long: { dtype: "I64", shape: [], data_offsets: [6, 14] },
      byte: { dtype: "I8", shape: [1, 1], data_offsets: [14, 15] },
      flag: { dtype: "BOOL", shape: [1], data_offsets: [15, 16] },
    };
    const data = [0x00, 0x3c, 0x00, 0xc0, 0x80, 0x3f, ...Array(8).fill(0xff), 0xfe, 1];
    const tensors = readSafetensors(fileOf(header, data), "x");
    expect(tensors.get("half")).toEqual({ shape: [2], values: Float32Array.of(1, -2) });
    expect(tensors.get("brain")?.values).toEqual(Float32Array.of(1));
    expect(tensors.get("long")).toEqual({ shape: [], values: Float64Array.of(-1) });
    expect(tensors.get("byte")?.values).toEqual(Int32Array.of(-2));
    expect(tensors.get("flag")?.values).toEqual(Uint8Array.of(1));
  });

  it("reads from a Node Buffer that lies inside a larger pool", () => {
    const file = writeSafetensors(new Map([["a", { shape: [2], values: Float32Array.of(3, 4) }]]));
    const pooled = Buffer.concat([Buffer.alloc(3), file]).subarray(3);
    expect(readSafetensors(pooled, "x").get("a")?.values).toEqual(Float32Array.of(3, 4));
  });

  it.each([
    ["too short for its header length", Uint8Array.of(1, 2, 3), /fewer than the 8/],
    ["a header longer than the file", fileOf("{}").with(0, 255), /header claims/],
    ["a header that is not JSON", fileOf("{]"), /not JSON/],
    ["a header that is an array", fileOf([]), /no object/],
    ["a malformed entry", fileOf({ a: { dtype: "F32" } }), /malformed/],
    ["an unknown type", fileOf({ a: { dtype: "F8_E4M3", shape: [0], data_offsets: [0, 0] } }), /F8_E4M3/],
    ["a shape that its bytes do not fill", fileOf({ a: { dtype: "F32", shape: [2], data_offsets: [0, 4] } }), /fill/],
    [
      "a hundred gigabytes in a hundred bytes",
      fileOf({ a: { dtype: "F32", shape: [25e9], data_offsets: [0, 1e11] } }),
      /fill/,
    ],
    [
      "dimensions whose product is not a number",
      fileOf({ a: { dtype: "F32", shape: [...Array(40).fill(2 ** 52), 0], data_offsets: [0, 0] } }),
      /fill/,
    ],
  ])("refuses %s", (_, bytes, reason) => {
    expectInvalidModel(() => readSafetensors(bytes, "x"), reason);
  });

  it("refuses thousands of names for the same bytes", () => {
    const entry = { dtype: "U8", shape: [1000], data_offsets: [0, 1000] };
    const header = Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`${i}`, { ...entry }]));
    const small = fileOf(header, Array(1000).fill(0));
    expect(readSafetensors(small, "x").size).toBe(60_000);
    const large = { dtype: "U8", shape: [1e6], data_offsets: [0, 1e6] };
    const greedy = fileOf(
      Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${i}`, large])),
      Array(1e6).fill(0),
    );
    expectInvalidModel(() => readSafetensors(greedy, "x"), /more memory than a file/);
  });
});

describe("a damaged safetensors file", () => {
  it("ends in one clear error, or in tensors where the damage is in their values", () => {
    const file = writeSafetensors(
      new Map([
        ["first", { shape: [2, 3], values: new Float32Array(6) }],
        ["second", { shape: [4], values: new Float32Array(4) }],
      ]),
    );
    expectSafeOnDamage(file, (damaged) => readSafetensors(damaged, "x"), 8);
  });
});

describe("writeSafetensors", () => {
  it("is read back to the same float32 tensors", () => {
    fc.assert(
      fc.property(anyTensors, (tensors) => {
        expect(readSafetensors(writeSafetensors(tensors), "x")).toEqual(new Map([...tensors].sort(byName)));
      }),
    );
  });

  it("gives the same bytes whatever the order of the names, and its data begins at a multiple of 8", () => {
    fc.assert(
      fc.property(anyTensors, fc.constantFrom("float32" as const, "float16" as const), (tensors, type) => {
        const file = writeSafetensors(tensors, type);
        expect(writeSafetensors(new Map([...tensors].reverse()), type)).toEqual(file);
        expect(file[0] % 8).toBe(0);
      }),
    );
  });

  it("stores halves when asked, and they come back as the nearest halves", () => {
    const file = writeSafetensors(new Map([["a", { shape: [2], values: Float32Array.of(1 / 3, -2) }]]), "float16");
    expect(readSafetensors(file, "x").get("a")?.values).toEqual(Float32Array.of(0.333251953125, -2));
  });

  it("refuses values that do not fill their shape, and the reserved name", () => {
    const values = Float32Array.of(1, 2);
    expectInvalidModel(
      () => writeSafetensors(new Map([["a", { shape: [3], values }]])),
      /2 values for the shape \[3\]/,
    );
    expectInvalidModel(() => writeSafetensors(new Map([["__metadata__", { shape: [2], values }]])), /__metadata__/);
  });
});

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
