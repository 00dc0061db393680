import {
  type Device,
  KindlingError,
  type ModelSession,
  type ModelTensors,
  type SessionOptions,
  throwIfCancelled,
} from "@kindling/core";
import type * as ort from "onnxruntime-web/wasm";

/** More threads than this gain networks of this size nothing. */
const maxThreads = 8;

/**
 * Loads a model into ONNX Runtime's WebAssembly or, on `webgpu`, onto the GPU.
 *
 * Threads need a page that is cross-origin isolated; elsewhere a model runs on one.
 *
 * @throws {KindlingError} `no-device` where `webgpu` is asked for and no adapter is found; `invalid-model` where the
 * bytes are no model the runtime can load; `invalid-option`.
 */
export async function openSession(model: Uint8Array, options: SessionOptions = {}): Promise<ModelSession> {
  const { device = "auto", threads = navigator.hardwareConcurrency } = options;
  if (!Number.isInteger(threads) || threads < 1) {
    throw new KindlingError("invalid-option", `threads: expected a whole number of at least 1, got ${threads}.`);
  }
  const usedThreads = globalThis.crossOriginIsolated ? Math.min(threads, maxThreads) : 1;
  if (device !== "auto") return create(model, device, usedThreads);
  if ((await adapterKind()) !== "hardware") return create(model, "cpu", usedThreads);
  // A model that WebAssembly takes may ask more of the GPU than it has.
  return create(model, "webgpu", usedThreads).catch(() => create(model, "cpu", usedThreads));
}

/** A GPU played by software is far slower than WebAssembly: `auto` must not end there. */
async function adapterKind(): Promise<"hardware" | "software" | "none"> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (!adapter) return "none";
  return adapter.info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(adapter.info.architecture)
    ? "software"
    : "hardware";
}

async function create(model: Uint8Array, device: Exclude<Device, "auto">, threads: number): Promise<ModelSession> {
  if (device === "webgpu" && (await adapterKind()) === "none") {
    throw new KindlingError("no-device", "device webgpu: the browser offers no GPU. Use the device cpu instead.");
  }
  // Two builds of one library: the one that knows GPUs is twice as large.
  const { InferenceSession, Tensor, env } = await (device === "webgpu"
    ? import("onnxruntime-web/webgpu")
    : import("onnxruntime-web/wasm"));
  env.wasm.numThreads = threads;
  env.logLevel = "fatal";
  try {
    const session = await InferenceSession.create(model, {
      executionProviders: device === "webgpu" ? ["webgpu"] : ["wasm"],
      graphOptimizationLevel: "all",
      logSeverityLevel: 4,
      // Patterns reserve one block per input size seen; with photos of many sizes that is memory held for nothing.
      enableMemPattern: false,
      // As in Node: the fusion drops an activation where two follow a convolution (ONNX Runtime 1.30).
      ...(device === "webgpu" && {
        extra: { optimization: { disable_specified_optimizers: "ConvActivationFusion" } },
      }),
    });
    return wrap(session, Tensor, device);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KindlingError("invalid-model", `ONNX Runtime cannot load the model: ${reason}`, { cause });
  }
}

function wrap(
  session: ort.InferenceSession,
  Tensor: ort.TensorConstructor,
  device: Exclude<Device, "auto">,
): ModelSession {
  let disposed = false;
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    device,
    async run(inputs, { signal } = {}) {
      throwIfCancelled(signal);
      if (disposed) throw new KindlingError("internal", "This model session was disposed; open it again.");
      const feeds = feedsOf(inputs, session.inputNames, Tensor);
      try {
        const results = tensorsOf(await session.run(feeds));
        throwIfCancelled(signal);
        return results;
      } catch (cause) {
        throw cause instanceof KindlingError ? cause : runningError(cause, inputs);
      }
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await session.release();
    },
  };
}

function feedsOf(
  inputs: ModelTensors,
  names: readonly string[],
  Tensor: ort.TensorConstructor,
): Record<string, ort.Tensor> {
  const wrong = [
    ...names.filter((name) => !Object.hasOwn(inputs, name)),
    ...Object.keys(inputs).filter((name) => !names.includes(name)),
  ];
  if (wrong.length > 0) {
    throw new KindlingError(
      "invalid-option",
      `The model takes the inputs ${names.join(", ")}; missing or unknown: ${wrong.join(", ")}.`,
    );
  }
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, values }]) => {
      if (shape.reduce((product, side) => product * side, 1) !== values.length) {
        throw new KindlingError(
          "invalid-option",
          `${name}: ${values.length} values do not fill [${shape.join(", ")}].`,
        );
      }
      return [name, new Tensor("float32", values, shape)];
    }),
  );
}

function tensorsOf(results: ort.InferenceSession.ReturnType): ModelTensors {
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, dims }]) => {
      if (!(data instanceof Float32Array)) {
        throw new KindlingError("invalid-model", `The model's output ${name} is no float32 tensor.`);
      }
      return [name, { shape: dims, values: data }];
    }),
  );
}

function runningError(cause: unknown, inputs: ModelTensors): KindlingError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const sizes = Object.entries(inputs).map(([name, { shape }]) => `${name} [${shape.join(", ")}]`);
  const code = /alloc|memory/i.test(reason) ? "out-of-memory" : "invalid-model";
  return new KindlingError(code, `The model failed on ${sizes.join(", ")}: ${reason}`, { cause });
}
