import type { Device, Enhancer, MethodSettings, Runtime } from "@kindling/core";
import { factsOfMethod } from "../enhance/facts-of-method.ts";
import { openEnhancerOn } from "../enhance/open-enhancer.ts";
import { openMethodsPerWorker } from "../memory.ts";
import { createRuntime } from "../runtime/runtime.ts";

/** The method of a photo, and where and within what it runs. */
export interface KeptOptions {
  readonly method: string;
  readonly settings: MethodSettings;
  readonly models?: string | undefined;
  readonly device: Device;
  readonly threads: number;
  readonly maxMemoryBytes: number;
}

/** A network with its sessions, and the enhancers that use them with settings of their own. */
interface OpenNetwork {
  readonly runtime: Runtime;
  readonly enhancers: Map<string, Promise<Enhancer>>;
}

/** Enhancers of one network that differ in their settings; they hold next to nothing themselves. */
const mostSettings = 32;

/** The networks that this thread keeps open; the one used last stands last. */
const open = new Map<string, OpenNetwork>();

/**
 * Opens an enhancer, or returns the one that this thread has open. It stays open for the next photo, so the caller does not
 * close it; it can be used until the next call. Enhancers that differ in their settings alone share the network.
 */
export async function keepEnhancer(options: KeptOptions): Promise<Enhancer> {
  const network = networkOf(options);
  const { method, settings } = options;
  const key = JSON.stringify([method, settings]);
  const { runtime, enhancers } = network;
  const known = enhancers.get(key);
  if (known) return known;
  const opening = openEnhancerOn(runtime, options);
  enhancers.set(key, opening);
  // A failure is not kept: the next photo may have the memory or the device that this one lacked.
  opening.catch(() => enhancers.delete(key));
  for (const oldest of enhancers.keys()) {
    if (enhancers.size <= mostSettings) break;
    enhancers.delete(oldest);
  }
  return opening;
}

/** The network of a method, taken to the end of those that are kept; others are closed where there are too many. */
function networkOf({ method, models, device, threads, maxMemoryBytes }: KeptOptions): OpenNetwork {
  const { made } = factsOfMethod(method);
  const key = JSON.stringify([made.by === "network" && made.method.name, models, device, threads, maxMemoryBytes]);
  const network = open.get(key) ?? { runtime: createRuntime(), enhancers: new Map() };
  open.delete(key);
  open.set(key, network);
  for (const [oldest, { runtime }] of open) {
    if (open.size <= openMethodsPerWorker) break;
    open.delete(oldest);
    runtime.dispose().catch(() => undefined);
  }
  return network;
}
