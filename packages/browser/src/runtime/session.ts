import { type Device, KindlingError, type ModelSession, type SessionOptions } from "@kindling/core";
import { modelSession, requireThreads } from "@kindling/core/internal";

/** Sizes of ONNX Runtime 1.30, WebAssembly and its script (bytes). */
export const runtimeBytes = { cpu: 14_310_000, webgpu: 26_900_000 } as const;

/** More threads than this do not make networks of this size faster. */
const maxThreads = 8;

/**
 * Loads a model into ONNX Runtime's WebAssembly or, on `webgpu`, onto the GPU.
 *
 * Several threads need a cross-origin isolated page; elsewhere a model runs on one.
 *
 * @throws {KindlingError} `no-device` for `webgpu` without an adapter; `invalid-model` if the runtime cannot load the
 * bytes; `invalid-option` for a number of threads below 1.
 */
export async function openSession(model: Uint8Array, options: SessionOptions = {}): Promise<ModelSession> {
  const { device = "auto", threads = navigator.hardwareConcurrency } = options;
  requireThreads(threads);
  const usedThreads = usableThreads(threads);
  if (device !== "auto") return createSession(model, device, usedThreads);
  if ((await detectAdapter()) !== "hardware") return createSession(model, "cpu", usedThreads);
  // The GPU may have too little memory for a model that runs in WebAssembly.
  return createSession(model, "webgpu", usedThreads).catch(() => createSession(model, "cpu", usedThreads));
}

/** Threads of WebAssembly that a page can have, of those that are wanted. */
export function usableThreads(threads: number): number {
  return globalThis.crossOriginIsolated ? Math.min(threads, maxThreads) : 1;
}

/** Finds the size of the runtime that the device takes, which is fetched once for all networks (bytes). */
export async function sizeOfRuntime(device: Device = "auto"): Promise<number> {
  return (await runsOnGpu(device)) ? runtimeBytes.webgpu : runtimeBytes.cpu;
}

/** Whether networks run on a GPU. */
async function runsOnGpu(device: Device = "auto"): Promise<boolean> {
  return device === "webgpu" || (device === "auto" && (await detectAdapter()) === "hardware");
}

/** Finds out whether WebGPU runs on a GPU: a software adapter is far slower than WebAssembly, so `auto` avoids it. */
async function detectAdapter(): Promise<"hardware" | "software" | "none"> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (!adapter) return "none";
  return adapter.info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(adapter.info.architecture)
    ? "software"
    : "hardware";
}

async function createSession(
  model: Uint8Array,
  device: Exclude<Device, "auto">,
  threads: number,
): Promise<ModelSession> {
  if (device === "webgpu" && (await detectAdapter()) === "none") {
    throw new KindlingError(
      "no-device",
      "device: expected a GPU for webgpu; this browser has none. Use the device cpu.",
    );
  }
  const { InferenceSession, Tensor, env } = await loadRuntime(device);
  env.wasm.numThreads = threads;
  env.logLevel = "fatal";
  try {
    const session = await InferenceSession.create(model, {
      executionProviders: device === "webgpu" ? ["webgpu"] : ["wasm"],
      graphOptimizationLevel: "all",
      logSeverityLevel: 4,
      // Memory patterns reserve one block per input size, which stays reserved when photos of other sizes follow.
      enableMemPattern: false,
      // As in Node: this fusion drops an activation where two follow a convolution (ONNX Runtime 1.30).
      ...(device === "webgpu" && {
        extra: { optimization: { disable_specified_optimizers: "ConvActivationFusion" } },
      }),
    });
    return modelSession(session, (values, shape) => new Tensor("float32", values, shape), device);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (/no available backend/.test(reason)) throw createRuntimeError(cause);
    throw new KindlingError("invalid-model", `ONNX Runtime cannot load the model: ${reason}`, { cause });
  }
}

/** Loads one of two builds of ONNX Runtime: that with WebGPU is twice as large. */
async function loadRuntime(device: Exclude<Device, "auto">): Promise<typeof import("onnxruntime-web/wasm")> {
  try {
    return await (device === "webgpu" ? import("onnxruntime-web/webgpu") : import("onnxruntime-web/wasm"));
  } catch (cause) {
    throw createRuntimeError(cause);
  }
}

function createRuntimeError(cause: unknown): KindlingError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  // The module remembers its failure for the life of the worker.
  return new KindlingError(
    "not-found",
    `ONNX Runtime could not be fetched (${reason}). Check the connection and open a new enhancer, or use a classical method such as lime.`,
    { cause },
  );
}
