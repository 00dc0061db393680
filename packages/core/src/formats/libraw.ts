/** LibRaw as WebAssembly (`libraw-wasm`): what is used of it. */
export interface LibRawModule {
  readonly LibRaw: new () => RawProcessor;
}

/** Develops one raw after the other. */
export interface RawProcessor {
  open(bytes: Uint8Array, settings: object): void;
  metadata(full: boolean): RawFacts;
  imageData(): RawImage;
  delete(): void;
}

/** What LibRaw knows of a raw. */
export interface RawFacts {
  /** In pixels, upright. */
  readonly width: number;
  readonly height: number;
  readonly camera_make: string;
  readonly camera_model: string;
  /** Seconds since 1970, of the camera's clock; 0 where it is not known. */
  readonly timestamp: number;
  readonly iso_speed: number;
  readonly shutter: number;
  readonly aperture: number;
  readonly focal_len: number;
  /** 1 for a sensor without colour filters. */
  readonly colors: number;
  readonly color_data: {
    /** The camera's white balance; zeros where the file has none. */
    readonly cam_mul: readonly number[];
    /** The multipliers used, the largest 1. */
    readonly pre_mul: readonly number[];
    readonly dng_levels: { readonly baseline_exposure: number };
  };
}

/** A developed picture: linear light, channels interleaved, 0 to 65535. */
export interface RawImage {
  readonly width: number;
  readonly height: number;
  readonly colors: number;
  readonly data: Uint16Array;
}

/** Opens LibRaw; what it prints goes to `print`, because its exceptions have no message. */
export type LoadLibRaw = (print: (line: string) => void) => Promise<LibRawModule>;
