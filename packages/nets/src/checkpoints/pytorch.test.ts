import { type ZipOptions, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { expectInvalidModel, expectSafeOnDamage } from "../../../../test/support/hostile-bytes.ts";
import {
  call,
  dictionary,
  globalName,
  integer,
  legacyFile,
  list,
  none,
  type Opcodes,
  pickle,
  storage,
  tensor,
  text,
  tuple,
} from "../../../../test/support/pickle-writer.ts";
import { readPytorch } from "./pytorch.ts";

const sixValues = Float32Array.of(0, 1, 2, 3, 4, 5);
const six = storage("FloatStorage", "0", 6);
const matrix = tensor(six, [2, 3], [3, 1]);

function zipFile(
  saved: Opcodes,
  storages: Record<string, ArrayBufferView> = { 0: sixValues },
  {
    level = 0,
    protocol = 2,
    byteorder = "little",
  }: { level?: ZipOptions["level"]; protocol?: number; byteorder?: string } = {},
): Uint8Array {
  const files: Record<string, Uint8Array> = {
    "archive/data.pkl": pickle(saved, protocol),
    "archive/byteorder": new TextEncoder().encode(byteorder),
    "archive/version": Uint8Array.of(0x33, 0x0a),
  };
  for (const [key, values] of Object.entries(storages)) {
    files[`archive/data/${key}`] = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
  return zipSync(files, { level: level ?? 0 });
}

const layouts: [string, (saved: Opcodes) => Uint8Array][] = [
  ["zip", (saved) => zipFile(saved)],
  ["deflated zip", (saved) => zipFile(saved, { 0: sixValues }, { level: 9 })],
  ["legacy", (saved) => legacyFile(saved, { 0: sixValues })],
];

describe.each(layouts)("a PyTorch file in the %s layout", (_, fileOf) => {
  const read = (saved: Opcodes) => readPytorch(fileOf(saved), "x.pth");

  it("gives the tensors of a state dictionary, module prefixes kept", () => {
    const saved = [...call("collections OrderedDict"), 0x28, ...text("module.a.weight"), ...matrix, 0x75];
    const metadata = [...dictionary({ _metadata: call("collections OrderedDict") }), 0x62];
    expect(read([...saved, ...metadata])).toEqual(new Map([["module.a.weight", { shape: [2, 3], values: sixValues }]]));
  });

  it("finds the state dictionary under a usual key and leaves the optimiser beside it", () => {
    const saved = dictionary({
      epoch: integer(3),
      optimizer: dictionary({ m: matrix }),
      state_dict: dictionary({ w: matrix }),
    });
    expect([...read(saved).keys()]).toEqual(["w"]);
  });

  it("joins nested dictionaries and lists with dots", () => {
    const saved = dictionary({ encoder: dictionary({ w: matrix }), heads: list(matrix, dictionary({ b: matrix })) });
    expect([...read(saved).keys()]).toEqual(["encoder.w", "heads.0", "heads.1.b"]);
  });

  it("makes views whole: transposed, offset, repeated and empty ones over one storage", () => {
    const tensors = read(
      dictionary({
        transposed: tensor(six, [3, 2], [1, 3]),
        tail: tensor(six, [2], [1], 4),
        column: tensor(six, [2], [3], 1),
        repeated: tensor(six, [2, 2], [0, 1], 2),
        scalar: tensor(six, [], [], 5),
        empty: tensor(six, [0, 7], [7, 1]),
      }),
    );
    const values = (name: string) => [...(tensors.get(name)?.values ?? [])];
    expect(values("transposed")).toEqual([0, 3, 1, 4, 2, 5]);
    expect(values("tail")).toEqual([4, 5]);
    expect(values("column")).toEqual([1, 4]);
    expect(values("repeated")).toEqual([2, 3, 2, 3]);
    expect(tensors.get("scalar")).toEqual({ shape: [], values: Float32Array.of(5) });
    expect(tensors.get("empty")).toEqual({ shape: [0, 7], values: new Float32Array(0) });
  });

  it("unwraps parameters, and reads what PyTorch 0.3 called a tensor", () => {
    const old = call("torch._utils _rebuild_tensor", six, integer(0), tuple(integer(6)), tuple(integer(1)));
    const saved = dictionary({
      parameter: call("torch._utils _rebuild_parameter", matrix, [0x88], call("collections OrderedDict")),
      old,
    });
    expect(read(saved).get("parameter")?.shape).toEqual([2, 3]);
    expect(read(saved).get("old")?.values).toEqual(sixValues);
  });

  it.each([
    ["os.system", call("os system", text("echo")), /names os\.system.*state_dict/],
    ["builtins.eval", call("builtins eval", text("1")), /names builtins\.eval/],
    ["a pickled model", call("models.unet UNet"), /names models\.unet\.UNet/],
    ["a name by STACK_GLOBAL", [...text("posix"), ...text("system"), 0x93], /names posix\.system/],
    ["a call of a storage type", call("torch FloatStorage", integer(1)), /not a known function/],
    ["a call of a text", [...text("eval"), ...tuple(), 0x52], /not a known function/],
    ["a call without a tuple", [...globalName("collections OrderedDict"), ...none, 0x52], /no tuple/],
    ["an object made by NEWOBJ", [...globalName("collections OrderedDict"), ...tuple(), 0x81], /opcode 0x81/],
    ["a parameter of a text", call("torch._utils _rebuild_parameter", text("a")), /no tensor/],
    ["a tensor beyond its storage", dictionary({ w: tensor(six, [7], [1]) }), /leaves its storage/],
    ["a tensor whose offset leaves its storage", dictionary({ w: tensor(six, [2], [1], 5) }), /leaves its storage/],
    ["a negative size", dictionary({ w: tensor(six, [-1], [1]) }), /without storage, offset, size/],
    ["an unequal number of strides", dictionary({ w: tensor(six, [2], [1, 1]) }), /1 dimensions and 2 strides/],
    ["seventeen dimensions", dictionary({ w: tensor(six, Array(17).fill(1), Array(17).fill(1)) }), /more than 16/],
    ["a hundred gigabytes by stride 0", dictionary({ w: tensor(six, [25e9], [0]) }), /more memory than a file/],
    [
      "a storage of a hundred gigabytes",
      dictionary({ w: tensor(storage("FloatStorage", "0", 25e9), [1], [1]) }),
      /should hold/,
    ],
    ["no tensor", dictionary({ epoch: integer(3) }), /no tensor/],
    ["a tensor without a name", matrix, /without a name/],
    [
      "two tensors of one name",
      dictionary({ "a.b": matrix, a: dictionary({ b: matrix }) }),
      /two tensors have the name/,
    ],
    [
      "a dictionary that holds itself",
      [...dictionary({ w: matrix }), 0x71, 0, ...text("a"), 0x68, 0, 0x73],
      /deeper than 64/,
    ],
    ["an item of a list set by a name", [...list(), ...text("a"), ...none, 0x73], /no dictionary/],
    ["an empty stack", [0x52], /lacks a value/],
    ["a mark that was never set", [0x74], /lacks a mark/],
    ["a value that was never stored", [0x68, 9], /lacks the stored value 9/],
  ] as [string, Opcodes, RegExp][])("refuses %s", (_, saved, reason) => {
    expectInvalidModel(() => read(saved), reason);
  });

  it("refuses a dictionary of dictionaries that doubles at each level", () => {
    let saved: Opcodes = dictionary({ w: matrix });
    for (let level = 0; level < 60; level++) {
      saved = [
        ...saved,
        0x71,
        level,
        0x30,
        ...[0x7d, 0x28, ...text("a"), 0x68, level, ...text("b"), 0x68, level, 0x75],
      ];
    }
    expectInvalidModel(() => read(saved), /more memory than a file/);
  });

  it("refuses a small pickle of very many empty dictionaries, and lists recalled as dictionaries", () => {
    expectInvalidModel(() => read(Array(200_000).fill(0x7d)), /more memory than a file/);
    const pair = tuple(none, none);
    const pairs = [...list(...Array(2000).fill(pair)), 0x71, 0, 0x30];
    const again = [...globalName("collections OrderedDict"), 0x68, 0, 0x85, 0x52, 0x30];
    expectInvalidModel(() => read([...pairs, ...Array(1000).fill(again).flat(), ...none]), /more memory than a file/);
  });

  it("refuses one long list recalled under very many names", () => {
    const names = Array.from({ length: 5000 }, (_, i) => [...text(`${i}`), 0x68, 0]).flat();
    const saved = [
      ...list(...Array(50_000).fill(none)),
      0x71,
      0,
      0x30,
      0x7d,
      0x28,
      ...text("w"),
      ...matrix,
      ...names,
      0x75,
    ];
    expectInvalidModel(() => read(saved), /its nesting needs more memory/);
  });

  it("ends in one clear error when damaged, or in tensors where the damage is in their values", () => {
    expectSafeOnDamage(
      fileOf(dictionary({ w: matrix, t: tensor(six, [3, 2], [1, 3]) })),
      (bytes) => readPytorch(bytes, "x"),
      14,
    );
  });
});

describe("the zip layout", () => {
  it("reads every storage type", () => {
    const types = {
      DoubleStorage: Float64Array.of(1, -2),
      HalfStorage: Uint16Array.of(0x3c00, 0xc000),
      BFloat16Storage: Uint16Array.of(0x3f80, 0xc000),
      LongStorage: BigInt64Array.of(1n, -2n),
      IntStorage: Int32Array.of(1, -2),
      ShortStorage: Int16Array.of(1, -2),
      CharStorage: Int8Array.of(1, -2),
    };
    for (const [type, values] of Object.entries(types)) {
      const saved = dictionary({ w: tensor(storage(type, "0", 2), [2], [1]) });
      expect([...readPytorch(zipFile(saved, { 0: values }), "x").get("w")!.values]).toEqual([1, -2]);
    }
  });

  it("reads protocol 4 with its frames and memo", () => {
    const frame = [0x95, 0, 0, 0, 0, 0, 0, 0, 0];
    const short = (value: string) => [0x8c, value.length, ...new TextEncoder().encode(value), 0x94];
    const saved = [...frame, 0x7d, 0x94, ...short("w"), ...matrix, 0x73, 0x68, 1, 0x30];
    expect([...readPytorch(zipFile(saved, undefined, { protocol: 4 }), "x").keys()]).toEqual(["w"]);
    expectInvalidModel(() => readPytorch(zipFile(saved, undefined, { protocol: 5 }), "x"), /protocol 5/);
  });

  it("refuses a big-endian file, a missing storage and a zip archive that is something else", () => {
    const saved = dictionary({ w: matrix });
    expectInvalidModel(() => readPytorch(zipFile(saved, undefined, { byteorder: "big" }), "x"), /big-endian/);
    expectInvalidModel(() => readPytorch(zipFile(saved, {}), "x"), /lacks the storage 0/);
    expectInvalidModel(
      () => readPytorch(zipSync({ "word/document.xml": new Uint8Array(9) }), "x"),
      /0 files named data\.pkl/,
    );
  });

  it("refuses a megabyte of deflated zeros repeated as many storages before it inflates them", () => {
    const zeros = Object.fromEntries(Array.from({ length: 40 }, (_, key) => [key, new Uint8Array(2 ** 20)]));
    const file = zipFile(dictionary({ w: matrix }), zeros, { level: 9 });
    expect(file.length).toBeLessThan(100_000);
    expectInvalidModel(() => readPytorch(file, "x"), /more memory than a file/);
  });
});

describe("the legacy layout", () => {
  it("reads a tensor over a view of a storage", () => {
    const view = storage("FloatStorage", "0", 6, tuple(text("v"), integer(2), integer(3)));
    const read = (count: number) =>
      readPytorch(legacyFile(dictionary({ w: tensor(view, [count], [1]) }), { 0: sixValues }), "x");
    expect([...read(3).get("w")!.values]).toEqual([2, 3, 4]);
    expectInvalidModel(() => read(4), /leaves its storage of 3/);
  });

  it("refuses a pickle that PyTorch did not write, and a storage that claims more than the file", () => {
    expectInvalidModel(() => readPytorch(pickle(integer(7)), "x"), /magic number/);
    const file = legacyFile(dictionary({ w: matrix }), { 0: sixValues });
    file[file.length - 24 - 2] = 0xff;
    expectInvalidModel(() => readPytorch(file, "x"), /ends early/);
  });
});
