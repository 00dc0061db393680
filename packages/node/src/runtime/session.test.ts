import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KindlingError } from "@kindling/core";
import { add, createGraph, encodeOnnx, freeDimension, input, mul } from "@kindling/nets";
import { afterAll, describe, expect, it } from "vitest";
import { createRuntime } from "./runtime.ts";
import { openSession } from "./session.ts";

const [a, b] = ["a", "b"].map((name) => input(name, [freeDimension("n")]));
const model = encodeOnnx(createGraph("sum", [a, b], { sum: add(a, b), product: mul(a, b) }), new Map());
const vector = (...values: number[]) => ({ shape: [values.length], values: Float32Array.from(values) });

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "no error",
    (error: KindlingError) => error.code,
  );
}

describe("a model session", () => {
  it("runs named tensors through the model", async () => {
    const session = await openSession(model, { device: "cpu", threads: 1 });
    expect(session.device).toBe("cpu");
    expect(session.inputNames).toEqual(["a", "b"]);
    expect(session.outputNames).toEqual(["sum", "product"]);
    const { sum, product } = await session.run({ a: vector(1, 2, 3), b: vector(10, 20, 30) });
    expect(sum).toEqual(vector(11, 22, 33));
    expect(product).toEqual(vector(10, 40, 90));
    await session.dispose();
  });

  it("frees results on request, and goes on", async () => {
    const session = await openSession(model, { device: "cpu", threads: 1 });
    const results = await session.run({ a: vector(1, 2), b: vector(3, 4) });
    session.free?.(results);
    expect([results["sum"]?.values.length, results["product"]?.values.length]).toEqual([0, 0]);
    const { sum } = await session.run({ a: vector(1, 2), b: vector(3, 4) });
    expect(sum).toEqual(vector(4, 6));
    await session.dispose();
  });

  it("loads a model from a path", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kindling-"));
    afterAll(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "sum.onnx");
    writeFileSync(path, model);
    const session = await openSession(path, { device: "cpu" });
    const { sum } = await session.run({ a: vector(1), b: vector(2) });
    expect(sum).toEqual(vector(3));
    await session.dispose();
  });

  it("falls back to the processor by itself where there is no GPU", async () => {
    const session = await openSession(model);
    const { sum } = await session.run({ a: vector(1), b: vector(2) });
    expect(sum).toEqual(vector(3));
    const gpu = await codeOf(openSession(model, { device: "webgpu" }).then((opened) => opened.dispose()));
    expect([session.device, gpu]).toEqual(session.device === "webgpu" ? ["webgpu", "no error"] : ["cpu", "no-device"]);
    await session.dispose();
  });

  it("names what is wrong with the model or the options", async () => {
    expect(await codeOf(openSession(new Uint8Array([1, 2, 3]), { device: "cpu" }))).toBe("invalid-model");
    expect(await codeOf(openSession(new Uint8Array([1, 2, 3])))).toBe("invalid-model");
    expect(await codeOf(openSession("missing/model.onnx", { device: "cpu" }))).toBe("not-found");
    expect(await codeOf(openSession("missing/model.onnx"))).toBe("not-found");
    expect(await codeOf(openSession(model, { threads: 0 }))).toBe("invalid-option");
  });

  it("names what is wrong with the inputs", async () => {
    const session = await openSession(model, { device: "cpu" });
    await expect(session.run({ a: vector(1) })).rejects.toThrow(/takes the inputs a, b; missing: b, unknown: none/);
    await expect(session.run({ a: vector(1), b: vector(1), c: vector(1) })).rejects.toThrow(/unknown: c/);
    const short = { shape: [2, 2], values: Float32Array.of(1) };
    await expect(session.run({ a: short, b: vector(1) })).rejects.toThrow(/a: 1 values do not fill \[2, 2\]/);
    expect(await codeOf(session.run({ a: vector(1, 2), b: vector(1, 2, 3) }))).toBe("invalid-model");
    await session.dispose();
  });

  it("does not run once it is cancelled or disposed", async () => {
    const session = await openSession(model, { device: "cpu" });
    const inputs = { a: vector(1), b: vector(2) };
    expect(await codeOf(session.run(inputs, { signal: AbortSignal.abort() }))).toBe("cancelled");
    await session.dispose();
    await session.dispose();
    expect(await codeOf(session.run(inputs))).toBe("invalid-option");
  });
});

describe("a runtime", () => {
  it("loads the same model with the same options once", async () => {
    const runtime = createRuntime();
    const [first, second] = await Promise.all([
      runtime.open(model, { device: "cpu" }),
      runtime.open(model.slice(), { device: "cpu" }),
    ]);
    expect(second).toBe(first);
    expect(await runtime.open(model, { device: "cpu", threads: 1 })).not.toBe(first);
    await runtime.dispose();
    expect(await codeOf(first.run({ a: vector(1), b: vector(2) }))).toBe("invalid-option");
    expect(await runtime.open(model, { device: "cpu" })).not.toBe(first);
    await runtime.dispose();
  });

  it("loads a disposed model again, and tries a failed one again", async () => {
    const runtime = createRuntime();
    const first = await runtime.open(model, { device: "cpu" });
    await first.dispose();
    expect(await runtime.open(model, { device: "cpu" })).not.toBe(first);
    const broken = new Uint8Array([1]);
    const failed = runtime.open(broken, { device: "cpu" });
    expect(await codeOf(failed)).toBe("invalid-model");
    expect(runtime.open(broken, { device: "cpu" }).catch(() => "failed again")).not.toBe(failed);
    await runtime.dispose();
  });
});
