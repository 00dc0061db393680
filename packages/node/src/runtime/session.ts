import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type Device, KindlingError, type ModelSession, type SessionOptions } from "@kindling/core";
import { modelSession, requireThreads } from "@kindling/core/internal";
import type * as ort from "onnxruntime-node";

/**
 * Loads a model into ONNX Runtime.
 *
 * A run is handed to native code on the calling thread; to keep an event loop free, run models on a worker thread.
 * On `webgpu` the operations that the GPU cannot do run on the processor.
 *
 * @param model the bytes of an ONNX file, or the path of one.
 * @throws {KindlingError} `no-device` where `webgpu` is asked for and no adapter is found; `invalid-model` where the
 * bytes are no model the runtime can load; `not-found`; `invalid-option`.
 * @example
 * const session = await openSession("brighten.onnx", { device: "cpu" });
 * const values = new Float32Array(3 * 64 * 96).fill(0.1);
 * const { enhanced } = await session.run({ image: { shape: [1, 3, 64, 96], values } });
 * await session.dispose();
 */
export async function openSession(model: Uint8Array | string, options: SessionOptions = {}): Promise<ModelSession> {
  const { device = "auto", threads = availableParallelism() } = options;
  requireThreads(threads);
  if (device !== "auto") return create(model, device, threads);
  if (!hasGpu()) return create(model, "cpu", threads);
  try {
    return await create(model, "webgpu", threads);
  } catch (error) {
    // A model that the processor takes may ask more of the GPU than it has; without any adapter this is the usual way.
    if (error instanceof KindlingError && error.code === "not-found") throw error;
    return create(model, "cpu", threads);
  }
}

/**
 * Whether a graphics card shows among the system's devices. A Vulkan that works in software answers like a card, and
 * is far slower than ONNX Runtime on the processor: `auto` must not end there.
 */
function hasGpu(): boolean {
  if (process.platform !== "linux") return true;
  if (existsSync("/dev/nvidia0") || existsSync("/dev/dxg")) return true;
  return existsSync("/dev/dri") && readdirSync("/dev/dri").some((name) => name.startsWith("renderD"));
}

/**
 * For the GPU, ONNX Runtime 1.30 folds a convolution and the activation after it into one operation, and then folds a
 * second activation into the same one, which loses the first: KinD's adjustment ends in leaky ReLU and sigmoid.
 */
const withoutConvolutionFusion = { optimization: { disable_specified_optimizers: "ConvActivationFusion" } };

/**
 * Whether the system has what every GPU is reached through on Linux. Without it ONNX Runtime would fail too, but not
 * before it has written a warning to standard error.
 */
function hasVulkanLoader(): boolean {
  if (process.platform !== "linux") return true;
  try {
    process.dlopen({ exports: {} }, "libvulkan.so.1");
  } catch (error) {
    // A library that was found and loaded is refused for not being one of Node's own, which does no harm.
    return !String(error).includes("cannot open shared object file");
  }
  return true;
}

async function create(
  model: Uint8Array | string,
  device: Exclude<Device, "auto">,
  threads: number,
): Promise<ModelSession> {
  const settings: ort.InferenceSession.SessionOptions = {
    executionProviders: device === "webgpu" ? ["webgpu", "cpu"] : ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // Reports of the library go to standard error unasked; what matters comes back as an error.
    logSeverityLevel: 4,
    // The arena keeps what a run needed for the next one: without it every run pays for fresh pages, with photos of
    // one size it never grows twice. Patterns reserve one block per input size seen; with photos of many sizes that
    // is memory held for nothing.
    enableCpuMemArena: true,
    enableMemPattern: false,
    extra: {
      // Threads that spin while they wait take the core from the others as soon as cores are shared.
      session: { intra_op: { allow_spinning: "0" }, inter_op: { allow_spinning: "0" } },
      ...(device === "webgpu" ? withoutConvolutionFusion : {}),
    },
  };
  if (device === "webgpu" && !hasVulkanLoader()) throw noDevice("the system has no Vulkan library, libvulkan.so.1");
  // Loaded when the first model is: 46 MB of native code that photos without networks never need.
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  try {
    // Two overloads, neither of which takes both.
    const session = await (typeof model === "string"
      ? InferenceSession.create(model, settings)
      : InferenceSession.create(model, settings));
    return modelSession(session, (values, shape) => new Tensor("float32", values, shape), device);
  } catch (cause) {
    throw loadingError(cause, typeof model === "string" ? model : "the model", device);
  }
}

function loadingError(cause: unknown, model: string, device: Device): KindlingError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (device === "webgpu" && /adapter|webgpu|device|dawn|vulkan/i.test(reason)) {
    return noDevice(lastPart(reason), cause);
  }
  if (/file doesn't exist|no such file|NO_SUCHFILE/i.test(reason)) {
    return new KindlingError("not-found", `${model}: there is no such file.`, { cause });
  }
  return new KindlingError("invalid-model", `${model}: ONNX Runtime cannot load it: ${reason}`, { cause });
}

function noDevice(reason: string, cause?: unknown): KindlingError {
  const message = `device webgpu: no usable GPU was found (${reason}). Use the device cpu instead.`;
  return new KindlingError("no-device", message, { cause });
}

/** ONNX Runtime begins its messages with the place in its own source. */
function lastPart(reason: string): string {
  return (reason.split(" was false. ").at(-1) ?? reason).trim().replace(/\.$/, "");
}
