import {
  defaultMethod,
  type Enhancer,
  type EnhancerOptions,
  openEnhancer as openWithPorts,
  type Runtime,
} from "@kindling/core";
import { networkMethods } from "@kindling/systems/inference";
import { defaultNetworkMemoryBytes } from "../memory.ts";
import { openModelStore } from "../models/open-model-store.ts";
import { createRuntime } from "../runtime/runtime.ts";
import { chooseWeights } from "./fastest-weights.ts";

/** Options of an enhancer on Node. */
export interface NodeEnhancerOptions extends EnhancerOptions {
  /** Folder of trained networks; those of the installed packages if not given. */
  readonly models?: string | undefined;
}

/**
 * Opens an enhancer, which lights dark photos by one method. Networks run on ONNX Runtime, which is loaded with the
 * first of them. Close an enhancer after use: its network stays in memory until then. The method `ember.fastest` takes the
 * weights that are quickest on this machine, by a measurement at first use; `enhancer.method` names them.
 *
 * @throws {KindlingError} `invalid-option` for an unknown method, setting or device, or a setting out of its range; `not-found`
 * if the weights of the network are not installed; `damaged` if they do not match their manifest; `no-device`.
 * @example
 * const enhancer = await openEnhancer({ method: "kind" });
 * const scene = await enhancer.analyse(await readPhoto("night.jpg"));
 * await writePhoto(await scene.relight({ light: 2 }), "night-2.jpg");
 * await enhancer.close();
 */
export async function openEnhancer(options: NodeEnhancerOptions = {}): Promise<Enhancer> {
  return openEnhancerOn(createRuntime(), options);
}

/** Opens an enhancer whose networks run on a runtime that others may share; see `openEnhancer`. */
export async function openEnhancerOn(runtime: Runtime, { models, ...options }: NodeEnhancerOptions): Promise<Enhancer> {
  const maxMemoryBytes = options.maxMemoryBytes ?? defaultNetworkMemoryBytes();
  const ports = { runtime, models: openModelStore(models), networks: networkMethods };
  const method = await chooseWeights(options.method ?? defaultMethod, { models, device: options.device });
  return openWithPorts({ ...options, method, maxMemoryBytes }, ports);
}
