import { type PhotoFormat, photoFormats } from "@kindling/core";
import { z } from "zod";

/** Other names of formats; AVIF is the kind of HEIF that Kindling writes. */
const aliases: Readonly<Record<string, string>> = { jpg: "jpeg", jpe: "jpeg", tif: "tiff", heif: "avif" };

/** An option that takes the name of a format Kindling writes, or one of `others`. */
export function photoFormatOption<const Other extends string = never>(...others: readonly Other[]) {
  const names: readonly (Other | PhotoFormat)[] = [...others, ...photoFormats];
  return z.preprocess(
    (name) => (typeof name === "string" ? (aliases[name.toLowerCase()] ?? name.toLowerCase()) : name),
    z.enum(names, { error: `expected ${names.join(", ")}` }),
  );
}
