import { KindlingError } from "../errors.ts";
import type { IntegerPixels } from "../image/integers.ts";
import { metadataOfAvif } from "../metadata/avif.ts";
import { type DecodedSource, damagedFile, type SourceOptions } from "./decoded-source.ts";
import { readHeifFacts } from "./heif-facts.ts";

/** An object of libheif, known only by its address. */
type Opaque = object;

/** libheif as WebAssembly (`libheif-js`): what is used of it. */
export interface LibHeif {
  readonly heif_error_code: { readonly heif_error_Ok: unknown };
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
  readonly heif_chroma: Readonly<Record<string, unknown>>;
  heif_context_alloc(): Opaque;
  heif_context_free(context: Opaque): void;
  heif_context_read_from_memory(context: Opaque, bytes: Uint8Array): HeifError;
  heif_js_context_get_primary_image_handle(context: Opaque): Opaque | HeifError;
  heif_image_handle_get_width(handle: Opaque): number;
  heif_image_handle_get_height(handle: Opaque): number;
  heif_image_handle_has_alpha_channel(handle: Opaque): number;
  heif_js_decode_image2(handle: Opaque, space: unknown, chroma: unknown): HeifImage | HeifError;
  heif_image_release(image: Opaque): void;
  heif_image_handle_release(handle: Opaque): void;
}

interface HeifError {
  readonly code: unknown;
  readonly message: string;
}

interface HeifImage {
  readonly image: Opaque;
  readonly channels: readonly {
    /** Bytes from row to row. */
    readonly stride: number;
    readonly data: Uint8Array;
    readonly width: number;
    readonly height: number;
  }[];
}

/**
 * Decodes the main picture of a HEIC or other HEIF file with libheif: upright (libheif turns and mirrors it), in its own
 * colour space, with 16 bits where it has more than 8.
 *
 * @throws {KindlingError} `damaged`, `unsupported` for codecs that libheif does not know, and what `requireSize` throws.
 */
export async function decodeHeif(
  loadLibHeif: () => Promise<LibHeif>,
  bytes: Uint8Array,
  { name, requireSize }: SourceOptions,
): Promise<DecodedSource> {
  const { depth, notes } = readHeifFacts(bytes);
  const libheif = await loadLibHeif();
  const context = libheif.heif_context_alloc();
  const released: (() => void)[] = [() => libheif.heif_context_free(context)];
  /** The result of a call to libheif, or its error as ours. */
  const succeed = <Value extends object>(result: Value | HeifError): Value => {
    if (!("code" in result) || result.code === libheif.heif_error_code.heif_error_Ok) return result as Value;
    // The kind of error and what it is; what follows names places in the file.
    const reason = String(result.message).trim().split(": ").slice(0, 2).join(": ");
    if (/unsupported|no decoding plugin/i.test(reason)) {
      throw new KindlingError("unsupported", `${name}: ${reason}. Export it as JPEG or TIFF first.`);
    }
    throw damagedFile(name, `the file is damaged or cut short (${reason})`);
  };
  try {
    succeed(libheif.heif_context_read_from_memory(context, bytes));
    const handle = succeed(libheif.heif_js_context_get_primary_image_handle(context));
    released.unshift(() => libheif.heif_image_handle_release(handle));
    requireSize({
      width: libheif.heif_image_handle_get_width(handle),
      height: libheif.heif_image_handle_get_height(handle),
    });
    const channels = libheif.heif_image_handle_has_alpha_channel(handle) ? 4 : 3;
    const layout = layouts[depth > 8 ? 16 : 8][channels];
    const space = libheif.heif_colorspace.heif_colorspace_RGB;
    const image = succeed(libheif.heif_js_decode_image2(handle, space, libheif.heif_chroma[layout]));
    released.unshift(() => libheif.heif_image_release(image.image));
    return { pixels: pixelsOf(image, channels, depth), metadata: metadataOfAvif(bytes), notes };
  } catch (cause) {
    throw cause instanceof KindlingError ? cause : damagedFile(name, "the file is damaged or cut short", cause);
  } finally {
    for (const release of released) release();
  }
}

/** Interleaved samples, by bits and channels; those of more than 8 bits are of two bytes, the lower first. */
const layouts = {
  8: { 3: "heif_chroma_interleaved_RGB", 4: "heif_chroma_interleaved_RGBA" },
  16: { 3: "heif_chroma_interleaved_RRGGBB_LE", 4: "heif_chroma_interleaved_RRGGBBAA_LE" },
} as const;

function pixelsOf({ channels: [plane] }: HeifImage, channels: 3 | 4, depth: number): IntegerPixels {
  if (!plane) throw new Error("libheif gave no samples.");
  const { width, height, stride, data } = plane;
  const rowSamples = width * channels;
  if (depth <= 8) {
    const samples = new Uint8Array(rowSamples * height);
    for (let y = 0; y < height; y++) samples.set(data.subarray(y * stride, y * stride + rowSamples), y * rowSamples);
    return { width, height, channels, samples };
  }
  const most = 2 ** depth - 1;
  const samples = new Uint16Array(rowSamples * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let i = 0, at = y * stride; i < rowSamples; i++, at += 2) {
      samples[to++] = Math.round(((data[at]! | (data[at + 1]! << 8)) * 65535) / most);
    }
  }
  return { width, height, channels, samples };
}
