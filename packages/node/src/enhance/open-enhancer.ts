import { type Enhancer, type EnhancerOptions, openEnhancer as openWithPorts } from "@kindling/core";
import { networkMethods } from "@kindling/systems/inference";
import { openModelStore } from "../models/open-model-store.ts";
import { createRuntime } from "../runtime/runtime.ts";

/** What to open an enhancer with on Node. */
export interface NodeEnhancerOptions extends EnhancerOptions {
  /** Folder of trained networks; those of the package `@kindling/models` if not given. */
  readonly models?: string | undefined;
}

/**
 * Memory in bytes that networks may take where nobody says how much: a quarter of what is free, 0.5 to 4 GB. Larger tiles
 * overlap less, and past some gigabytes it no longer shows.
 */
export function defaultNetworkMemoryBytes(): number {
  return Math.min(Math.max(process.availableMemory() / 4, 0.5e9), 4e9);
}

/**
 * Opens an enhancer: the one way from a dark photo to a good one. Networks run on ONNX Runtime, which is loaded when the
 * first is opened. Close an enhancer that is no longer needed: its network stays in memory until then.
 *
 * @throws {KindlingError} `invalid-option` for an unknown method or setting or a setting out of its range; `not-found`
 * where the network's weights are not installed; `damaged` where they are not those of their manifest; `no-device`.
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
