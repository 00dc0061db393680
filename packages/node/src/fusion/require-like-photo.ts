import { KindlingError, type Photo } from "@kindling/core";

/**
 * Checks that a photo has the size and the colour profile of the first one, so that both can become one picture.
 *
 * @throws {KindlingError} `invalid-option`, with both names.
 */
export function requireLikePhoto(photo: Photo, file: string, first: Photo, firstFile: string): void {
  const size = ({ picture: { width, height, channels } }: Photo) => `${width} x ${height} pixels, ${channels} channels`;
  if (size(photo) !== size(first)) {
    throw new KindlingError(
      "invalid-option",
      `${file}: ${size(photo)}, but ${firstFile} has ${size(first)}. Give photos of one size.`,
    );
  }
  const [profile, firstProfile] = [photo.metadata.icc, first.metadata.icc];
  if (Buffer.compare(profile ?? new Uint8Array(), firstProfile ?? new Uint8Array()) !== 0) {
    throw new KindlingError(
      "invalid-option",
      `${file}: its colour profile is not that of ${firstFile}. Convert both to one profile.`,
    );
  }
}
