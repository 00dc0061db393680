import { KindlingError } from "../errors.ts";
import { throwIfCancelled } from "../flow/throw-if-cancelled.ts";
import { freeValues } from "./free-values.ts";
import type { Device, DeviceTensor, DeviceTensors, ModelSession, ModelTensors, RunOptions } from "./runtime.ts";

/** What a run of an ONNX Runtime gives for an output. */
interface NativeResult {
  readonly dims: readonly number[];
  /** Throws for a tensor that is not in memory. */
  readonly data: unknown;
  dispose(): void;
}

/** The part of an ONNX Runtime's session that Kindling uses, common to Node and browsers. */
export interface NativeSession<NativeTensor> {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, NativeTensor>>): Promise<Readonly<Record<string, NativeTensor & NativeResult>>>;
  release(): Promise<void>;
}

/** Makes a float32 tensor of an ONNX Runtime. */
export type MakeTensor<NativeTensor> = (values: Float32Array, shape: readonly number[]) => NativeTensor;

/** The tensors of an ONNX Runtime behind those of the port. */
const nativeOf = new WeakMap<DeviceTensor, unknown>();

/**
 * Adapts a session of an ONNX Runtime to the port: checks inputs and the signal, and turns its errors into
 * `KindlingError`.
 *
 * @param keptOutputs outputs that the runtime leaves on its device; undefined where it keeps no tensors there.
 */
export function modelSession<NativeTensor>(
  native: NativeSession<NativeTensor>,
  makeTensor: MakeTensor<NativeTensor>,
  device: Exclude<Device, "auto">,
  keptOutputs?: readonly string[],
): ModelSession {
  let disposed = false;
  const runNative = async (inputs: ModelTensors, onDevice: DeviceTensors, { signal }: RunOptions) => {
    throwIfCancelled(signal);
    if (disposed) throw new KindlingError("invalid-option", "This model session is closed. Open it again.");
    requireInputs(inputs, onDevice, native.inputNames);
    const given = Object.entries(inputs).map(([name, { shape, values }]) => [name, makeTensor(values, shape)]);
    const there = Object.entries(onDevice).map(([name, tensor]) => [name, nativeOf.get(tensor)]);
    const results = await native.run(Object.fromEntries([...given, ...there])).catch((cause: unknown) => {
      throw runningError(cause, { ...inputs, ...onDevice });
    });
    throwIfCancelled(signal);
    return results;
  };
  return {
    inputNames: native.inputNames,
    outputNames: native.outputNames,
    device,
    run: async (inputs, options = {}) => readResults(await runNative(inputs, {}, options)),
    ...(keptOutputs && {
      async runOnDevice(inputs: ModelTensors, onDevice: DeviceTensors, options: RunOptions = {}) {
        const results = Object.entries(await runNative(inputs, onDevice, options));
        const isKept = ([name]: readonly [string, unknown]) => keptOutputs.includes(name);
        return {
          outputs: readResults(Object.fromEntries(results.filter((result) => !isKept(result)))),
          kept: Object.fromEntries(results.filter(isKept).map(([name, tensor]) => [name, deviceTensor(tensor)])),
        };
      },
    }),
    free(results) {
      for (const { values } of Object.values(results)) freeValues(values);
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await native.release();
    },
  };
}

function deviceTensor(native: NativeResult): DeviceTensor {
  const tensor = { shape: native.dims, dispose: () => native.dispose() };
  nativeOf.set(tensor, native);
  return tensor;
}

function readResults(results: Readonly<Record<string, NativeResult>>): ModelTensors {
  return Object.fromEntries(
    Object.entries(results).map(([name, { dims, data }]) => {
      if (data instanceof Float32Array) return [name, { shape: dims, values: data }];
      throw new KindlingError("invalid-model", `The model's output ${name} is no float32 tensor.`);
    }),
  );
}

function requireInputs(inputs: ModelTensors, onDevice: DeviceTensors, names: readonly string[]): void {
  const given = { ...inputs, ...onDevice };
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  const missing = names.filter((name) => !Object.hasOwn(given, name));
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

function runningError(
  cause: unknown,
  inputs: Readonly<Record<string, { readonly shape: readonly number[] }>>,
): KindlingError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").slice(0, mostReason);
  const sizes = Object.entries(inputs).map(([name, { shape }]) => `${name} [${shape.join(", ")}]`);
  const told = /alloc|memory/i.test(reason) ? "out-of-memory" : "invalid-model";
  const code = cause instanceof KindlingError ? cause.code : told;
  return new KindlingError(code, `The model failed on ${sizes.join(", ")}: ${reason}`, { cause });
}
