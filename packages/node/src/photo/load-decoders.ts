import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { LibHeif, LibJxl, LoadLibRaw } from "@kindling/core/internal";

// Each photo gets an instance of its own, which frees its memory with the photo: WebAssembly never gives any back.

/** Loads LibRaw (LGPL 2.1 or CDDL 1.0), which develops raws. */
export const loadLibRaw: LoadLibRaw = async (print) => {
  const { default: createLibRaw } = await import("libraw-wasm/dist/libraw.js");
  return createLibRaw({ wasmBinary: await readWasm("libraw-wasm/dist/libraw.wasm"), print, printErr: print });
};

/** Loads libheif (LGPL 3), which decodes HEIC. */
export async function loadLibHeif(): Promise<LibHeif> {
  const { default: createLibHeif } = await import("libheif-js/libheif-wasm/libheif-bundle.mjs");
  return createLibHeif();
}

/** Loads libjxl (BSD, as @jsquash/jxl under Apache 2.0), which decodes JPEG XL. */
export async function loadLibJxl(): Promise<LibJxl> {
  const { default: createLibJxl } = await import("@jsquash/jxl/codec/dec/jxl_dec.js");
  // The decoder makes an ImageData, which Node does not have.
  if (!("ImageData" in globalThis)) Object.assign(globalThis, { ImageData: PlainImageData });
  return createLibJxl({ noInitialRun: true, wasmBinary: await readWasm("@jsquash/jxl/codec/dec/jxl_dec.wasm") });
}

class PlainImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

async function readWasm(module: string): Promise<Uint8Array> {
  return readFile(createRequire(import.meta.url).resolve(module));
}
