// The WebAssembly decoders come without types, or with those of another entry.
declare module "libraw-wasm/dist/libraw.js" {
  const createLibRaw: (options: object) => Promise<import("@kindling/core/internal").LibRawModule>;
  export default createLibRaw;
}
declare module "libheif-js/libheif-wasm/libheif-bundle.mjs" {
  const createLibHeif: (options?: object) => import("@kindling/core/internal").LibHeif;
  export default createLibHeif;
}
declare module "@jsquash/jxl/codec/dec/jxl_dec.js" {
  const createLibJxl: (options: object) => Promise<import("@kindling/core/internal").LibJxl>;
  export default createLibJxl;
}
