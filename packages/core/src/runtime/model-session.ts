import { KindlingError } from "../errors.ts";
import { throwIfCancelled } from "../flow/throw-if-cancelled.ts";
import type { Device, ModelSession, ModelTensors } from "./runtime.ts";

/** The part of an ONNX Runtime's session that Kindling uses, common to Node and browsers. */
export interface NativeSession<NativeTensor> {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    feeds: Readonly<Record<string, NativeTensor>>,
  ): Promise<Readonly<Record<string, { readonly dims: readonly number[]; readonly data: unknown }>>>;
  release(): Promise<void>;
}

/** Makes a float32 tensor of an ONNX Runtime. */
export type MakeTensor<NativeTensor> = (values: Float32Array, shape: readonly number[]) => NativeTensor;

/**
 * Adapts a session of an ONNX Runtime to the port: checks inputs and the signal, and turns its errors into
 * `KindlingError`.
 */
export function modelSession<NativeTensor>(
  native: NativeSession<NativeTensor>,
  makeTensor: MakeTensor<NativeTensor>,
  device: Exclude<Device, "auto">,
): ModelSession {
  let disposed = false;
  return {
    inputNames: native.inputNames,
    outputNames: native.outputNames,
    device,
    async run(inputs, { signal } = {}) {
      throwIfCancelled(signal);
      if (disposed) throw new KindlingError("internal", "This model session was disposed; open it again.");
      requireInputs(inputs, native.inputNames);
      const feeds = Object.entries(inputs).map(([name, { shape, values }]) => [name, makeTensor(values, shape)]);
      const results = await native.run(Object.fromEntries(feeds)).catch((cause: unknown) => {
        throw runningError(cause, inputs);
      });
      throwIfCancelled(signal);
      return Object.fromEntries(
        Object.entries(results).map(([name, { dims, data }]) => {
          if (data instanceof Float32Array) return [name, { shape: dims, values: data }];
          throw new KindlingError("invalid-model", `The model's output ${name} is no float32 tensor.`);
        }),
      );
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await native.release();
    },
  };
}

function requireInputs(inputs: ModelTensors, names: readonly string[]): void {
  const unknown = Object.keys(inputs).filter((name) => !names.includes(name));
  const missing = names.filter((name) => !Object.hasOwn(inputs, name));
  if (unknown.length + missing.length > 0) {
    throw new KindlingError(
      "invalid-option",
      `The model takes the inputs ${names.join(", ")}; missing: ${missing.join(", ") || "none"}, unknown: ${unknown.join(", ") || "none"}.`,
    );
  }
  for (const [name, { shape, values }] of Object.entries(inputs)) {
    if (shape.reduce((product, side) => product * side, 1) === values.length) continue;
    throw new KindlingError("invalid-option", `${name}: ${values.length} values do not fill [${shape.join(", ")}].`);
  }
}

/** Longest reason that is passed on, in characters: a runtime may add its whole state. */
const mostReason = 400;

function runningError(cause: unknown, inputs: ModelTensors): KindlingError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").slice(0, mostReason);
  const sizes = Object.entries(inputs).map(([name, { shape }]) => `${name} [${shape.join(", ")}]`);
  const code = /alloc|memory/i.test(reason) ? "out-of-memory" : "invalid-model";
  return new KindlingError(code, `The model failed on ${sizes.join(", ")}: ${reason}`, { cause });
}
