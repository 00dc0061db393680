/** Whether a file of the page is fetched when it is needed and not with the page: decoders, encoders, runtimes, videos' code, samples. */
export function isFetchedLater(url: string): boolean {
  return /(avif_enc|mozjpeg_enc|webp_enc|ort[.-]|encode-|libraw|libheif|jxl_dec|(open|write)-clip-)|\.jpg$/.test(url);
}
