import { KindlingError, type SourceFormat } from "@kindling/core";
import {
  type DecodedSource,
  decodeSource,
  metadataOfAvif,
  readHeifFacts,
  type SourceOptions,
} from "@kindling/core/internal";
import { loadLibHeif, loadLibJxl, loadLibRaw } from "./load-decoders.ts";
import { type UnpackedPhoto, unpackWithBrowser } from "./unpack.ts";

/** A decoded photo of a format that none is written in, with what its file says. */
export interface UnpackedSource extends Pick<DecodedSource, "metadata" | "notes"> {
  readonly unpacked: UnpackedPhoto;
}

/**
 * Decodes a raw, HEIC, JPEG XL or bitmap: HEIC of 8 bits with the browser's own decoder where it has one, the rest with
 * decoders in WebAssembly.
 *
 * @throws {KindlingError} as `decodeSource` does.
 */
export async function unpackSource(
  source: SourceFormat,
  bytes: Uint8Array,
  options: SourceOptions,
): Promise<UnpackedSource> {
  const own = source === "heic" ? await unpackOwnHeic(bytes) : undefined;
  if (own) return own;
  const { pixels, ...found } = await decodeSource(source, bytes, options, {
    loadLibRaw,
    loadLibHeif,
    loadLibJxl,
  }).catch((cause) => {
    if (cause instanceof KindlingError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KindlingError(
      "not-found",
      `${options.name}: its decoder could not be fetched (${reason}). Check the connection, or use the kindling command.`,
      { cause },
    );
  });
  const { width, height, channels, samples } = pixels;
  const rows = (top: number, bottom: number) => samples.subarray(top * width * channels, bottom * width * channels);
  const white = samples instanceof Uint16Array ? 65535 : 255;
  return { unpacked: { width, height, channels, white, stride: channels, rows, close() {} }, ...found };
}

async function unpackOwnHeic(bytes: Uint8Array): Promise<UnpackedSource | undefined> {
  const { depth, notes } = readHeifFacts(bytes);
  // A canvas holds 8 bits.
  if (depth > 8) return undefined;
  try {
    const unpacked = await unpackWithBrowser(bytes, "image/heic", {});
    return { unpacked, metadata: metadataOfAvif(bytes), notes };
  } catch {
    return undefined;
  }
}
