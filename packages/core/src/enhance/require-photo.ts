import { type Photo, sampleDepths } from "../image/photo.ts";
import { requirePicture } from "../settings/require-picture.ts";
import { invalidValue, requireOneOf } from "../settings/require-value.ts";

/**
 * Throws unless a value is a decoded photo: programs in JavaScript give paths and bytes, too, and photos of their own making.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requirePhoto(photo: unknown): asserts photo is Photo {
  const { picture, metadata, depth } = Object(photo) as Partial<Photo>;
  if (!picture || !metadata) throw invalidValue("photo", "a decoded one, as readPhoto and decodePhoto give it", photo);
  requirePicture("photo.picture", picture);
  requireOneOf("photo.depth", depth, sampleDepths);
}
