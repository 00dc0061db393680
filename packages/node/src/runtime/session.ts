import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { type Device, KindlingError, type ModelSession, type SessionOptions } from "@kindling/core";
import { modelSession, requireThreads } from "@kindling/core/internal";
import type * as ort from "onnxruntime-node";
import { disableTelemetry } from "./disable-telemetry.ts";
import { keepFreedMemory } from "./keep-freed-memory.ts";
import { inNativeCode } from "./native-code.ts";

const require = createRequire(import.meta.url);

/**
 * Loads a model into ONNX Runtime.
 *
 * A run blocks the calling thread; run models on a worker thread to keep an event loop free.
 * On `webgpu` the operations that the GPU does not support run on the processor.
 *
 * @param model the bytes of an ONNX file, or the path of one.
 * @throws {KindlingError} `unsupported` where ONNX Runtime is not installed; `no-device` for `webgpu` without an adapter; `invalid-model` if the runtime cannot load the
 * bytes; `not-found`; `invalid-option`.
 * @example
 * const session = await openSession("brighten.onnx", { device: "cpu" });
 * const values = new Float32Array(3 * 64 * 96).fill(0.1);
 * const { enhanced } = await session.run({ image: { shape: [1, 3, 64, 96], values } });
 * await session.dispose();
 */
export async function openSession(model: Uint8Array | string, options: SessionOptions = {}): Promise<ModelSession> {
  const { device = "auto", threads = availableParallelism(), keptOutputs = [] } = options;
  requireThreads(threads);
  if (device !== "auto") return create(model, device, threads, keptOutputs);
  if (!hasGpu()) return create(model, "cpu", threads);
  try {
    return await create(model, "webgpu", threads, keptOutputs);
  } catch (error) {
    // The model may need more than the GPU has; without any adapter this is the usual way.
    if (error instanceof KindlingError && error.code === "not-found") throw error;
    return create(model, "cpu", threads);
  }
}

/**
 * Whether the system lists a graphics card. A software Vulkan looks like a card to ONNX Runtime but is far slower than
 * its processor provider, so `auto` must not choose it.
 */
export function hasGpu(): boolean {
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
 * Whether the system has the Vulkan library, which every GPU on Linux needs. Without it ONNX Runtime fails too, but
 * first writes a warning to standard error.
 */
function hasVulkanLoader(): boolean {
  if (process.platform !== "linux") return true;
  try {
    process.dlopen({ exports: {} }, "libvulkan.so.1");
  } catch (error) {
    // Node refuses a library that is not one of its modules, but only after it was found and loaded.
    return !String(error).includes("cannot open shared object file");
  }
  return true;
}

async function create(
  model: Uint8Array | string,
  device: Exclude<Device, "auto">,
  threads: number,
  keptOutputs: readonly string[] = [],
): Promise<ModelSession> {
  const kept = device === "webgpu" ? keptOutputs : undefined;
  const settings: ort.InferenceSession.SessionOptions = {
    executionProviders: device === "webgpu" ? ["webgpu", "cpu"] : ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    preferredOutputLocation: Object.fromEntries((kept ?? []).map((name) => [name, "gpu-buffer"] as const)),
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // The library would write reports to standard error; failures are thrown anyway.
    logSeverityLevel: 4,
    // The arena keeps the memory of a run for the next one; without it every run needs fresh pages. Patterns reserve a
    // block for each input size seen, which photos of many sizes would waste.
    enableCpuMemArena: true,
    enableMemPattern: false,
    extra: {
      // Threads that spin while they wait slow down all others that share their cores.
      session: { intra_op: { allow_spinning: "0" }, inter_op: { allow_spinning: "0" } },
      ...(device === "webgpu" ? withoutConvolutionFusion : {}),
    },
  };
  if (device === "webgpu" && !hasVulkanLoader()) throw noDevice("the system has no Vulkan library, libvulkan.so.1");
  // Loaded with the first model: classical methods do not need these 46 MB of native code.
  const { InferenceSession, Tensor } = await inNativeCode(loadRuntime);
  try {
    // Each of the two overloads takes one type.
    const session = await inNativeCode(() =>
      typeof model === "string" ? InferenceSession.create(model, settings) : InferenceSession.create(model, settings),
    );
    const { inputNames, outputNames } = session;
    const guarded = {
      inputNames,
      outputNames,
      run: (feeds: Readonly<Record<string, ort.Tensor>>) => inNativeCode(() => session.run(feeds)),
      release: () => inNativeCode(() => session.release()),
    };
    return modelSession(guarded, (values, shape) => new Tensor("float32", values, shape), device, kept);
  } catch (cause) {
    if (cause instanceof KindlingError) throw cause;
    throw loadingError(cause, typeof model === "string" ? model : "the model", device);
  }
}

/**
 * Loads ONNX Runtime, which npm leaves out where its install script fails: it fetches CUDA libraries on Linux, which
 * networks without access refuse.
 */
async function loadRuntime(): Promise<typeof ort> {
  disableTelemetry();
  keepFreedMemory();
  try {
    // Not by `import`, for the reason that `loadSharp` has.
    return require("onnxruntime-node");
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").slice(0, 400);
    throw new KindlingError(
      "unsupported",
      `This network needs the package onnxruntime-node, which cannot be loaded here: ${reason}. Install it without its download (ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node), or choose ember.free or a classical method such as lime.`,
      { cause },
    );
  }
}

function loadingError(cause: unknown, model: string, device: Device): KindlingError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").slice(0, 400);
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
