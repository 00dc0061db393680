import { KindlingError } from "@kindling/core";
import type { LibHeif, LibJxl, LoadLibRaw } from "@kindling/core/internal";

// Each is fetched when a file needs it. Each photo gets an instance of its own, which frees its memory with the photo.

/** Loads LibRaw (LGPL 2.1 or CDDL 1.0), which develops raws. */
export const loadLibRaw: LoadLibRaw = async (print) => {
  if (typeof SharedArrayBuffer === "undefined") {
    throw new KindlingError(
      "unsupported",
      "Raw files need a page that is cross-origin isolated (COOP and COEP). Use the kindling command, or export a JPEG.",
    );
  }
  const { default: createLibRaw } = await import("libraw-wasm/dist/libraw.js");
  return createLibRaw({ print, printErr: print });
};

/** Loads libheif (LGPL 3), which decodes HEIC. */
export async function loadLibHeif(): Promise<LibHeif> {
  const { default: createLibHeif } = await import("libheif-js/libheif-wasm/libheif-bundle.mjs");
  return createLibHeif();
}

/** Loads libjxl (BSD, as @jsquash/jxl under Apache 2.0), which decodes JPEG XL. */
export async function loadLibJxl(): Promise<LibJxl> {
  const { default: createLibJxl } = await import("@jsquash/jxl/codec/dec/jxl_dec.js");
  return createLibJxl({ noInitialRun: true });
}
