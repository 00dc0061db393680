import { KindlingError, type Photo, type Picture } from "@kindling/core";
import { colourChannels, hasAlpha } from "@kindling/core/internal";

/**
 * Checks that a photo has the size, the colours and the colour profile of the first one, so that both can become one picture.
 *
 * @throws {KindlingError} `invalid-option`, with both names.
 */
export function requireLikePhoto(photo: Photo, file: string, first: Photo, firstFile: string): void {
  const refuse = (is: string, other: string, remedy: string) => {
    throw new KindlingError("invalid-option", `${file} ${is}, but ${firstFile} ${other}. ${remedy}`);
  };
  const sizeOf = ({ picture: { width, height } }: Photo) => `is ${width} x ${height} pixels`;
  if (sizeOf(photo) !== sizeOf(first)) refuse(sizeOf(photo), sizeOf(first), "Give photos of one size.");
  for (const [describe, remedy] of [
    [describeColours, "Convert one of them: all in colour, or all grey."],
    [describeAlpha, "Convert one of them: all with transparency, or all without."],
  ] as const) {
    const [own, other] = [describe(photo.picture), describe(first.picture)];
    if (own !== other) refuse(own, other, remedy);
  }
  const [profile, firstProfile] = [photo.metadata.icc, first.metadata.icc];
  if (Buffer.compare(profile ?? new Uint8Array(), firstProfile ?? new Uint8Array()) !== 0) {
    throw new KindlingError(
      "invalid-option",
      `${file}: its colour profile is not that of ${firstFile}. Convert both to one profile.`,
    );
  }
}

function describeColours(picture: Picture): string {
  return colourChannels(picture) === 1 ? "is grey" : "is in colour";
}

function describeAlpha(picture: Picture): string {
  return hasAlpha(picture) ? "has transparency" : "has no transparency";
}
