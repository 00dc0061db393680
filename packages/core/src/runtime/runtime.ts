import { KindlingError } from "../errors.ts";

/** Where a model runs: `auto` is the GPU where there is one that works, else the processor. */
export type Device = "auto" | "cpu" | "webgpu";

/** Numbers with a shape, as models take and give them: pictures are [batch, channels, height, width]. */
export interface ModelTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Tensors by the names that the model gives its inputs and outputs. */
export type ModelTensors = Readonly<Record<string, ModelTensor>>;

/** How to run a model once. */
export interface RunOptions {
  /** Raise it to cancel: looked at before the run starts, since a run cannot be stopped half way. */
  readonly signal?: AbortSignal | undefined;
}

/** A model that is loaded and ready. */
export interface ModelSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** The device it really runs on. */
  readonly device: Exclude<Device, "auto">;

  /**
   * Runs the model once.
   *
   * @throws {KindlingError} `invalid-option` where an input is missing, unknown or does not fill its shape;
   * `cancelled`; `invalid-model` where the model cannot take these sizes; `out-of-memory`.
   */
  run(inputs: ModelTensors, options?: RunOptions): Promise<ModelTensors>;

  /** Frees its memory. Calling it twice does nothing more. */
  dispose(): Promise<void>;
}

/** How to load a model. */
export interface SessionOptions {
  /** Default `auto`. */
  readonly device?: Device | undefined;
  /** Threads of one run on the processor, at least 1; default: one a core. */
  readonly threads?: number | undefined;
}

/**
 * What runs ONNX models: the port that Node and browsers each adapt their ONNX Runtime to.
 *
 * Loading the same bytes with the same options again gives the session that is already there.
 */
export interface Runtime {
  /**
   * Loads a model.
   *
   * @param model the bytes of an ONNX file.
   * @throws {KindlingError} `invalid-model` where the bytes are no model it can run; `no-device` where the device
   * that was asked for is not there; `invalid-option`.
   */
  open(model: Uint8Array, options?: SessionOptions): Promise<ModelSession>;

  /** Disposes every session it opened. */
  dispose(): Promise<void>;
}

/**
 * Refuses a number of threads that is none.
 *
 * @throws {KindlingError} `invalid-option` unless it is a whole number of at least 1.
 */
export function requireThreads(threads: number): void {
  if (Number.isInteger(threads) && threads >= 1) return;
  throw new KindlingError("invalid-option", `threads: expected a whole number of at least 1, got ${threads}.`);
}
