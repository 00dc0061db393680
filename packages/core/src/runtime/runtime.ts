import { KindlingError } from "../errors.ts";

/** The values of `Device`. */
export const devices = ["auto", "cpu", "webgpu"] as const;

/** Where a model runs: `auto` is the GPU if one works, else the processor. */
export type Device = (typeof devices)[number];

/** Input or output of a model: float32 values in row-major order; pictures are [batch, channels, height, width]. */
export interface ModelTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Tensors by the names that the model gives its inputs and outputs. */
export type ModelTensors = Readonly<Record<string, ModelTensor>>;

/** A tensor in the memory of a GPU, for sessions of the same runtime. */
export interface DeviceTensor {
  readonly shape: readonly number[];
  /** Frees its memory. */
  dispose(): void;
}

/** Device tensors by the names that a model gives its inputs and outputs. */
export type DeviceTensors = Readonly<Record<string, DeviceTensor>>;

/** How to run a model once. */
export interface RunOptions {
  /** Abort it to cancel; checked before and after the run, since a run cannot be interrupted. */
  readonly signal?: AbortSignal | undefined;
}

/** A model that is loaded and ready. */
export interface ModelSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** The device it runs on. */
  readonly device: Exclude<Device, "auto">;

  /**
   * Runs the model once.
   *
   * @throws {KindlingError} `invalid-option` if an input is missing, unknown or does not fill its shape;
   * `cancelled`; `invalid-model` if the model cannot take these sizes; `out-of-memory`.
   */
  run(inputs: ModelTensors, options?: RunOptions): Promise<ModelTensors>;

  /**
   * Runs the model once, with some inputs on the device already, and leaves `keptOutputs` there. Only sessions on a GPU have
   * it, and not in browsers.
   *
   * @throws {KindlingError} as `run`.
   */
  runOnDevice?(
    inputs: ModelTensors,
    onDevice: DeviceTensors,
    options?: RunOptions,
  ): Promise<{ readonly outputs: ModelTensors; readonly kept: DeviceTensors }>;

  /**
   * Frees the memory of results that nobody reads any more, before a garbage collection would: their values are gone. A
   * session whose results need no such help leaves it out.
   */
  free?(results: ModelTensors): void;

  /** Frees its memory. Calling it twice does nothing more. */
  dispose(): Promise<void>;
}

/** How to load a model. */
export interface SessionOptions {
  /** Default `auto`. */
  readonly device?: Device | undefined;
  /** Threads of one run on the processor, at least 1; default: one a core. */
  readonly threads?: number | undefined;
  /**
   * Outputs that stay in the memory of a GPU, by name: `runOnDevice` gives them in place of `run`. Without effect on the
   * processor and in browsers.
   */
  readonly keptOutputs?: readonly string[] | undefined;
}

/**
 * Port to what runs ONNX models; Node and browsers each adapt their ONNX Runtime to it.
 *
 * Loading the same bytes with the same options again returns the open session.
 */
export interface Runtime {
  /**
   * Loads a model.
   *
   * @param model the bytes of an ONNX file.
   * @throws {KindlingError} `invalid-model` if the runtime cannot load the bytes; `no-device` if the requested
   * device is missing; `invalid-option`.
   */
  open(model: Uint8Array, options?: SessionOptions): Promise<ModelSession>;

  /** Disposes every session it opened. */
  dispose(): Promise<void>;
}

/**
 * Throws unless the number of threads is a whole number of at least 1.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requireThreads(threads: number): void {
  if (Number.isInteger(threads) && threads >= 1) return;
  throw new KindlingError("invalid-option", `threads: expected a whole number of at least 1, got ${threads}.`);
}
