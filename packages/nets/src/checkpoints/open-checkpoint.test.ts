import { describe, expect, it } from "vitest";
import { expectInvalidModel, expectSafeOnDamage } from "../../../../test/support/hostile-bytes.ts";
import { dictionary, legacyFile, storage, tensor } from "../../../../test/support/pickle-writer.ts";
import { checkpointFormat, openCheckpoint } from "./open-checkpoint.ts";
import { writeSafetensors } from "./safetensors.ts";

const values = Float32Array.of(1, 2);
const safetensors = writeSafetensors(new Map([["w", { shape: [2], values }]]));
const pytorch = legacyFile(dictionary({ w: tensor(storage("FloatStorage", "0", 2), [2], [1]) }), { 0: values });
const onnx = Uint8Array.of(0x08, 8, 0x12, 7, 0x70, 0x79, 0x74, 0x6f, 0x72, 0x63, 0x68);

describe("openCheckpoint", () => {
  it.each([
    ["safetensors", safetensors],
    ["pytorch", pytorch],
  ])("tells %s by its content, whatever its name", (format, bytes) => {
    expect(checkpointFormat(bytes)).toBe(format);
    expect(openCheckpoint([{ name: "weights.index", bytes }])).toEqual(new Map([["w", { shape: [2], values }]]));
  });

  it("sends an ONNX file to where models are opened", () => {
    expect(checkpointFormat(onnx)).toBe("onnx");
    expectInvalidModel(
      () => openCheckpoint([{ name: "m.pth", bytes: onnx }]),
      /^m\.pth: an ONNX model.*open it as a model/,
    );
  });

  it.each([
    ["an empty file", new Uint8Array(0)],
    ["text", new TextEncoder().encode("not a checkpoint at all")],
    ["HDF5", Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a)],
  ])("lists the supported formats when given %s", (_, bytes) => {
    expectInvalidModel(
      () => openCheckpoint([{ name: "x", bytes }]),
      /^x: in no supported format.*safetensors, PyTorch .* TensorFlow/,
    );
  });

  it("says when no file, or several that are no bundle, are given", () => {
    expectInvalidModel(() => openCheckpoint([]), /^No file: /);
    const two = ["a", "b"].map((name) => ({ name, bytes: safetensors }));
    expectInvalidModel(() => openCheckpoint(two), /^a, b: .*\.index is not among them/);
  });

  it("ends in one clear error whatever bytes it is given", () => {
    for (const bytes of [safetensors, pytorch, onnx]) {
      expectSafeOnDamage(bytes, (damaged) => openCheckpoint([{ name: "x", bytes: damaged }]), 3);
    }
  });
});
