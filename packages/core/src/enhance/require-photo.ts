import type { Photo } from "../image/photo.ts";
import { invalidValue } from "../settings/require-value.ts";

/**
 * Throws unless a value is a decoded photo: programs in JavaScript give paths and bytes, too.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requirePhoto(photo: unknown): asserts photo is Photo {
  const { picture, metadata } = Object(photo) as Partial<Photo>;
  if (!picture || !metadata) throw invalidValue("photo", "a decoded one, as readPhoto and decodePhoto give it", photo);
}
