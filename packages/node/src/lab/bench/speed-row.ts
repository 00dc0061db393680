import type { Device } from "@kindling/core";

/** What one process measures. */
export interface SpeedJob {
  /** A method as `openEnhancer` takes it. */
  readonly method: string;
  /** Pixels of the photo. */
  readonly width: number;
  readonly height: number;
  readonly device: Device;
  /** Threads of a network on the processor. */
  readonly threads: number;
  /** Folder of trained networks; the installed ones if not given. */
  readonly models?: string | undefined;
}

/** What a method took for a photo of noise, at twice its light. Times in milliseconds, medians but for the first. */
export interface SpeedRow {
  readonly method: string;
  readonly width: number;
  readonly height: number;
  /** The first photo, which pays for memory that others find there. */
  readonly firstMs: number;
  /** From the integers of a decoded photo to those of the result. */
  readonly wholeMs: number;
  /** The same, in processor time of all threads together. */
  readonly processorMs: number;
  /** What is done once for a photo. */
  readonly analysisMs: number;
  /** What is done again at another light. */
  readonly relightingMs: number;
  readonly megapixelsPerSecond: number;
  /** Most memory of the process, in bytes. */
  readonly peakBytes: number;
  /** Multiply-accumulates of the network for this photo, without overlaps of tiles; only where its files tell. */
  readonly macs?: number | undefined;
  /** Share of `SpeedReport.ceilingMacsPerSecond` that the analysis reached, 0 to 1; with `macs`. */
  readonly ceilingShare?: number | undefined;
}

/** The machine and what was measured on it. */
export interface SpeedReport {
  readonly version: string;
  readonly node: string;
  /** Operating system and architecture, such as `linux x64`. */
  readonly platform: string;
  /** Name of the processor. */
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly device: Device;
  readonly threads: number;
  /** Multiply-accumulates a second of a large matrix product on this device, by the same runtime: the best of ten. */
  readonly ceilingMacsPerSecond: number;
  readonly rows: readonly SpeedRow[];
}
