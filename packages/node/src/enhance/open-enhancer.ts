import { type Enhancer, type EnhancerOptions, openEnhancer as openWithPorts } from "@kindling/core";
import { networkMethods } from "@kindling/systems/inference";
import { openModelStore } from "../models/open-model-store.ts";
import { createRuntime } from "../runtime/runtime.ts";

/** Options of an enhancer on Node. */
export interface NodeEnhancerOptions extends EnhancerOptions {
  /** Folder of trained networks; those of the installed packages if not given. */
  readonly models?: string | undefined;
}

/**
 * Memory in bytes that networks may take by default: a quarter of the free memory, 0.5 to 4 GB. Larger tiles overlap
 * less, which makes no difference beyond a few gigabytes.
 */
export function defaultNetworkMemoryBytes(): number {
  return Math.min(Math.max(process.availableMemory() / 4, 0.5e9), 4e9);
}

/**
 * Opens an enhancer, which lights dark photos by one method. Networks run on ONNX Runtime, which is loaded with the
 * first of them. Close an enhancer after use: its network stays in memory until then.
 *
 * @throws {KindlingError} `invalid-option` for an unknown method or setting or a setting out of its range; `not-found`
 * if the weights of the network are not installed; `damaged` if they do not match their manifest; `no-device`.
 * @example
 * const enhancer = await openEnhancer({ method: "kind" });
 * const scene = await enhancer.analyse(await readPhoto("night.jpg"));
 * await writePhoto(await scene.relight({ light: 2 }), "night-2.jpg");
 * await enhancer.close();
 */
export async function openEnhancer({ models, ...options }: NodeEnhancerOptions = {}): Promise<Enhancer> {
  const maxMemoryBytes = options.maxMemoryBytes ?? defaultNetworkMemoryBytes();
  const ports = { runtime: createRuntime(), models: openModelStore(models), networks: networkMethods };
  return openWithPorts({ ...options, maxMemoryBytes }, ports);
}
