import { KindlingError } from "../errors.ts";
import type { IntegerPixels } from "../image/integers.ts";
import type { FileMetadata } from "../metadata/photo-metadata.ts";

/** What a decoder of a source format gives: pixels upright, and the file's metadata as found. */
export interface DecodedSource {
  readonly pixels: IntegerPixels;
  readonly metadata: FileMetadata;
  /** What was left out or converted, for the user to read. */
  readonly notes: readonly string[];
}

/** How a file of a source format is decoded. */
export interface SourceOptions {
  /** Name of the file, for error messages. */
  readonly name: string;
  /** Throws where the picture is too large; called before its pixels are decoded. */
  readonly requireSize: (size: { readonly width: number; readonly height: number }) => void;
}

/** The error of a file whose content is not what its format asks for. */
export function damagedFile(name: string, what: string, cause?: unknown): KindlingError {
  return new KindlingError("damaged", `${name}: ${what}. Copy it again from its source.`, { cause });
}
