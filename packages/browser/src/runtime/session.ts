import {
  type Device,
  KindlingError,
  type ModelSession,
  modelSession,
  requireThreads,
  type SessionOptions,
} from "@kindling/core";

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
  requireThreads(threads);
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
    return modelSession(session, (values, shape) => new Tensor("float32", values, shape), device);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KindlingError("invalid-model", `ONNX Runtime cannot load the model: ${reason}`, { cause });
  }
}
