import { type RunUnit, runTogether, type StepRun } from "@kindling/nets/inference";
import * as comlink from "comlink";

// A thread of `startThreads`: it does its share of the steps of networks, each in a memory that all threads see.

/** What `startThreads` asks of a thread. */
export interface StepThread {
  /** Loads the module of a network; the number stands for it from then on. */
  attach(network: number, module: WebAssembly.Module, memory: WebAssembly.Memory, scratch: number): void;
  /** Does its share of steps. */
  run(network: number, run: StepRun): void;
  /** Forgets a network. */
  detach(network: number): void;
}

interface Attached {
  readonly runUnit: RunUnit;
  readonly memory: WebAssembly.Memory;
  readonly scratch: number;
}

const networks = new Map<number, Attached>();

comlink.expose({
  attach(network, module, memory, scratch) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    networks.set(network, { runUnit: exports["runUnit"] as unknown as RunUnit, memory, scratch });
  },
  run(network, run) {
    const attached = networks.get(network);
    if (!attached) throw new Error(`The network ${network} is not attached.`);
    // Memory that has grown since is seen through a buffer of its own.
    runTogether(attached.runUnit, new Int32Array(attached.memory.buffer), run, attached.scratch);
  },
  detach(network) {
    networks.delete(network);
  },
} satisfies StepThread);
