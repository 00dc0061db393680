import { type PhotoFormat, photoFormats } from "@kindling/node";
import { RequestError } from "../problems/problem.ts";

/** The media type of each format. */
export const mediaTypes: Readonly<Record<PhotoFormat, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  tiff: "image/tiff",
};

/**
 * Chooses the format of a result by the header `Accept`. Of the formats it names, the one with the highest weight is
 * taken, of equal ones the first; `keep`, the photo's own, where only a range such as `image/*` fits.
 *
 * @throws {RequestError} `not-acceptable` where nothing fits.
 * @example
 * // runs
 * negotiateFormat("image/avif,image/webp,image/*;q=0.8"); // avif
 * negotiateFormat("image/*"); // keep
 */
export function negotiateFormat(accept: string | undefined): PhotoFormat | "keep" {
  if (accept === undefined || accept.trim() === "") return "keep";
  const wanted = accept
    .split(",")
    .map(readRange)
    .filter(({ weight }) => weight > 0)
    // Of equal weights a named format goes before a range.
    .sort((a, b) => b.weight - a.weight || Number(isRange(a.type)) - Number(isRange(b.type)));
  for (const { type } of wanted) {
    const named = photoFormats.find((format) => mediaTypes[format] === type);
    if (named) return named;
    if (isRange(type)) return "keep";
  }
  const known = Object.values(mediaTypes).join(", ");
  throw new RequestError("not-acceptable", `Accept: expected one of ${known}, image/* or */*.`);
}

function isRange(type: string): boolean {
  return type === "image/*" || type === "*/*";
}

function readRange(text: string): { readonly type: string; readonly weight: number } {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const weight = Number(parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? 1);
  return { type, weight: Number.isNaN(weight) ? 0 : weight };
}
