import { KindlingError, type ModelSession, type ModelTensor, type ModelTensors } from "@kindling/core";
import { modelSession } from "@kindling/core/internal";
import { evaluate as evaluateLength } from "../graph/dimension.ts";
import { readDimension } from "../graph/read-dimension.ts";
import { readModel } from "../onnx/read-model.ts";
import { evaluate } from "./evaluate.ts";
import { readOperand, writeValues } from "./map-values.ts";
import { clearBorder, growTo, mostPages, type WasmMemory } from "./memory.ts";
import { moduleFor } from "./module-for.ts";
import { type ModuleSizes, PackedWeights } from "./packed-weights.ts";
import { planRun, type RunPlan } from "./plan-run.ts";
import { type PreparedModel, prepareModel } from "./prepare-model.ts";
import { stepBytes, writeMap, writeSteps } from "./records.ts";
import { countersAt, countersEnd, mostSteps, type RunUnit, runAlone, type StepRun } from "./run-units.ts";

/** Threads that run steps together, each with an instance of the module on the same memory. */
export interface StepThreads {
  readonly count: number;
  /**
   * Gives every thread the module and its memory.
   *
   * @param scratch place of each thread's own memory.
   * @returns what runs steps on all of them, and ends once all are done, and what frees the memory there. Where a run fails, no
   * thread may run any more.
   */
  attach(module: object, memory: WasmMemory, scratch: readonly number[]): Promise<AttachedThreads>;
}

/** A network that threads have. */
export interface AttachedThreads {
  run(steps: StepRun): Promise<void>;
  detach(): void;
}

/** What the module exports. */
type Exports = ModuleSizes & { readonly runUnit: RunUnit };

/** Bytes of results that are kept for later ones: to touch memory for the first time takes longer than to copy into it. */
const mostSpareBytes = 48e6;

/** Plans that are kept, for so many sizes of inputs: those of the tiles of a photo. */
const mostPlans = 24;

/**
 * Loads a network into the module of WebAssembly in packages/nets/kernels/inference. Convolutions of 3x3 take a quarter of the
 * products (arXiv 1509.09308); results differ from ONNX Runtime's by the rounding of floats.
 *
 * @param model the bytes of an ONNX file.
 * @param startThreads gives threads that share the work, or undefined where there are none; asked only for a network that they
 * make quicker. Memory is shared then. Without them, and from a run on that they fail in, the calling thread does the work.
 * @returns undefined for a model that has what the module cannot do.
 * @throws {KindlingError} `invalid-model` for damaged bytes; `out-of-memory`.
 * @example
 * const response = await fetch("https://example.org/models/ember/free.encoder.onnx");
 * const session = await openWasmSession(new Uint8Array(await response.arrayBuffer()));
 * const values = new Float32Array(3 * 256 * 256).fill(0.1);
 * const maps = await session?.run({ image: { shape: [1, 3, 256, 256], values } }); // maps.fine, maps.coarse
 */
export async function openWasmSession(
  model: Uint8Array,
  startThreads?: () => Promise<StepThreads | undefined>,
): Promise<ModelSession | undefined> {
  const stored = readModel(model);
  const prepared = prepareModel(stored);
  if (!prepared) return undefined;
  const network = new WasmNetwork(prepared, startThreads !== undefined);
  const sample = Object.fromEntries(
    stored.inputs.map(({ name, shape }) => [name, shape.map((side) => sampleLength(side))]),
  );
  if (!network.tryPlan(Object.fromEntries(prepared.inputs.map((name) => [name, sample[name]])))) return undefined;
  // Handing small steps to threads takes longer than they do.
  await network.load(prepared.isSmall ? undefined : await startThreads?.());
  const native = {
    inputNames: prepared.inputs,
    outputNames: prepared.outputs,
    run: (feeds: ModelTensors) => network.run(feeds),
    release: () => network.release(),
  };
  const session = modelSession(native, (values, shape) => tensorOf(shape, values), "cpu");
  return { ...session, free: (results) => network.reuse(results) };
}

/** A length for a trial: sides of pictures are 32. */
function sampleLength(side: number | string | undefined): number {
  if (typeof side === "number") return side;
  return side === undefined ? 32 : evaluateLength(readDimension(side), { batch: 1, height: 32, width: 32 });
}

class WasmNetwork {
  readonly #model: PreparedModel;
  readonly #isShared: boolean;
  readonly #module: WebAssembly.Module;
  #memory: WasmMemory;
  #exports: Exports;
  readonly #weights: PackedWeights;
  readonly #plans = new Map<string, RunPlan>();
  /** Results that nobody reads any more. */
  readonly #spare: Float32Array[] = [];
  #attached: AttachedThreads | undefined;
  #begin = 0;
  #current: RunPlan | undefined;
  /** Runs wait for the one before: all use the same memory. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(model: PreparedModel, isShared: boolean) {
    this.#model = model;
    this.#isShared = isShared;
    this.#module = moduleFor(isShared);
    [this.#memory, this.#exports] = this.#instantiate();
    this.#weights = new PackedWeights(model.constants, this.#exports, countersEnd);
  }

  #instantiate(): [WasmMemory, Exports] {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: this.#isShared });
    const { exports } = new WebAssembly.Instance(this.#module, { env: { memory } });
    return [memory, exports as Exports];
  }

  /** Whether a run on inputs of these shapes can be planned; packs the weights that it needs. */
  tryPlan(shapes: Readonly<Record<string, readonly number[]>>): boolean {
    try {
      planRun(this.#model, this.#weights, shapes, 0);
      return true;
    } catch (error) {
      if (error instanceof KindlingError && error.code === "invalid-model") return false;
      throw error;
    }
  }

  /** Puts the weights into memory, and gives them to threads. */
  async load(threads: StepThreads | undefined): Promise<void> {
    const { end, scratch } = this.#weights;
    const count = threads?.count ?? 1;
    const places = Array.from({ length: count }, (_, thread) => end + thread * scratch);
    this.#begin = end + count * scratch;
    growTo(this.#memory, this.#begin);
    this.#weights.write(this.#memory.buffer);
    this.#attached = await threads?.attach(this.#module, this.#memory, places).catch(() => undefined);
  }

  run(feeds: ModelTensors): Promise<Record<string, NativeTensor>> {
    const run = this.#last.then(() => this.#runBatch(feeds));
    this.#last = run.catch(() => undefined);
    return run;
  }

  /** Takes back results for those of later runs. */
  reuse(results: ModelTensors): void {
    for (const { values } of Object.values(results)) this.#spare.push(values);
    let bytes = this.#spare.reduce((sum, { byteLength }) => sum + byteLength, 0);
    while (bytes > mostSpareBytes) bytes -= this.#spare.shift()?.byteLength ?? bytes;
  }

  /** Frees memory, once the runs that were asked for are done. */
  async release(): Promise<void> {
    await this.#last;
    this.#plans.clear();
    this.#spare.length = 0;
    this.#attached?.detach();
  }

  async #runBatch(feeds: ModelTensors): Promise<Record<string, NativeTensor>> {
    const batch = Math.max(...Object.values(feeds).map(({ shape }) => shape[0]));
    const results: Record<string, NativeTensor>[] = [];
    for (let item = 0; item < batch; item++) {
      results.push(await this.#runOne(Object.entries(feeds).map(([name, tensor]) => [name, itemOf(tensor, item)])));
    }
    if (results.length === 1) return results[0];
    return Object.fromEntries(
      this.#model.outputs.map((name) => {
        const items = results.map((result) => result[name]);
        const length = items[0].data.length;
        const values = new Float32Array(batch * length);
        for (const [item, { data }] of items.entries()) values.set(data, item * length);
        return [name, tensorOf([batch, ...items[0].dims.slice(1)], values)];
      }),
    );
  }

  async #runOne(feeds: Feeds): Promise<Record<string, NativeTensor>> {
    const threads = this.#attached;
    try {
      return await this.#runSteps(feeds);
    } catch (error) {
      if (threads === this.#attached) throw error;
      this.#renewMemory();
      return this.#runSteps(feeds);
    }
  }

  /** Leaves the memory to threads that may still be writing there, and goes on in another. */
  #renewMemory(): void {
    [this.#memory, this.#exports] = this.#instantiate();
    growTo(this.#memory, this.#begin);
    this.#weights.write(this.#memory.buffer);
    this.#current = undefined;
  }

  async #runSteps(feeds: Feeds): Promise<Record<string, NativeTensor>> {
    const plan = this.#planFor(Object.fromEntries(feeds.map(([name, { shape }]) => [name, shape])));
    this.#prepare(plan);
    const { buffer } = this.#memory;
    const floats = new Float32Array(buffer);
    for (const [name, { values }] of feeds) floats.set(values, plan.inputs[name] / 4);
    let first = this.#begin;
    for (const part of plan.parts) {
      if ("steps" in part) {
        await this.#runPart(first, part.steps.length);
        first += part.steps.length * stepBytes;
      } else {
        writeValues(
          floats,
          part.to,
          evaluate(
            part.node,
            part.inputs.map((input) => readOperand(floats, input)),
          ),
        );
      }
    }
    return Object.fromEntries(
      Object.entries(plan.outputs).map(([name, { planes, shape }]) => {
        const length = shape.reduce((product, side) => product * side, 1);
        const values = this.#take(length);
        values.set(floats.subarray(planes / 4, planes / 4 + length));
        return [name, tensorOf(shape, values)];
      }),
    );
  }

  #take(length: number): Float32Array {
    const known = this.#spare.findIndex((values) => values.length === length);
    return known < 0 ? new Float32Array(length) : (this.#spare.splice(known, 1)[0] as Float32Array);
  }

  async #runPart(first: number, count: number): Promise<void> {
    const run = { first, count, bytes: stepBytes };
    const words = new Int32Array(this.#memory.buffer);
    if (!this.#attached) return runAlone(this.#exports.runUnit, words, run, this.#weights.end);
    words.fill(0, countersAt / 4, countersEnd / 4);
    try {
      await this.#attached.run(run);
    } catch (error) {
      this.#attached = undefined;
      throw error;
    }
  }

  #planFor(shapes: Readonly<Record<string, readonly number[]>>): RunPlan {
    const key = this.#model.inputs.map((name) => shapes[name]).join(" ");
    const known = this.#plans.get(key);
    if (known) return known;
    if (this.#plans.size >= mostPlans) this.#plans.clear();
    // Records of steps lie before the maps.
    const plan = planRun(this.#model, this.#weights, shapes, this.#begin + mostSteps * stepBytes);
    this.#plans.set(key, plan);
    return plan;
  }

  /** Writes the records of a plan, and clears the borders of its maps, where another plan ran before. */
  #prepare(plan: RunPlan): void {
    growTo(this.#memory, plan.end);
    if (this.#current === plan) return;
    const words = new Int32Array(this.#memory.buffer);
    const floats = new Float32Array(this.#memory.buffer);
    for (const map of plan.maps) {
      writeMap(words, map);
      clearBorder(floats, map);
    }
    writeSteps(
      words,
      this.#begin,
      plan.parts.flatMap((part) => ("steps" in part ? part.steps : [])),
    );
    this.#current = plan;
  }
}

/** Inputs by name. */
type Feeds = readonly (readonly [string, ModelTensor])[];

/** A result, as `modelSession` takes it from an ONNX Runtime. */
interface NativeTensor extends ModelTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
  dispose(): void;
}

function tensorOf(shape: readonly number[], values: Float32Array): NativeTensor {
  return { shape, values, dims: shape, data: values, dispose: () => undefined };
}

/** An item of a batch; one alone goes with all items of the others. */
function itemOf({ shape, values }: ModelTensor, item: number): ModelTensor {
  const length = values.length / shape[0];
  const first = shape[0] === 1 ? 0 : item * length;
  return { shape: [1, ...shape.slice(1)], values: values.subarray(first, first + length) };
}
