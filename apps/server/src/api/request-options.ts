import { factsOfMethod, followedBy, KindlingError } from "@kindling/node";
import { fitToMethod, networksWithMaps, noteLeftOut, photoFormatOption, photoOptions } from "@kindling/node/internal";
import { z } from "zod";

/** Text as queries and forms have it. */
const booleans: Readonly<Record<string, boolean>> = { true: true, "1": true, "": true, false: false, "0": false };

/** The options of `POST /v1/enhance`: those of `kindling enhance` for one photo. */
export const enhanceRequest = z.strictObject(photoOptions);

/** The options of `POST /v1/maps`. */
export const mapsRequest = z.strictObject({
  method: z
    .string()
    .default("kind")
    .meta({ description: `a network that splits photos: ${networksWithMaps.join(", ")}` }),
  set: photoOptions.set,
  map: z
    .enum(["both", "reflectance", "illumination"], { error: "expected both, reflectance or illumination" })
    .default("both")
    .meta({ description: "the map wanted; both are answered as a form with two files" }),
  format: photoFormatOption().default("png").meta({ description: "jpeg, png, webp, avif, tiff" }),
  depth: z
    .enum(["8", "16"], { error: "expected 8 or 16" })
    .default("8")
    .meta({ description: "bits a sample: 8 or 16" }),
});

/** Values of a query or of a form's fields; a name that stands there more than once has several. */
export type RequestValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Checks the options of a request.
 *
 * @throws {KindlingError} `invalid-option` for an unknown name, a value out of its range, or an option that stands there
 * twice.
 */
export function readRequestOptions<Schema extends z.ZodObject>(schema: Schema, values: RequestValues): z.infer<Schema> {
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = schema.shape[name] as z.ZodType | undefined;
    const initial = field?.safeParse(undefined).data;
    const isList = Array.isArray(initial);
    if (!isList && Array.isArray(value)) throw new KindlingError("invalid-option", `${name}: expected one value.`);
    if (isList) given[name] = [value].flat();
    else given[name] = typeof initial === "boolean" ? (booleans[String(value).toLowerCase()] ?? value) : value;
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    if (issue.code !== "unrecognized_keys") return `${issue.path.join(".")}: ${issue.message}`;
    const known = Object.keys(schema.shape).join(", ");
    return `${issue.keys.map((key) => key.slice(0, 40)).join(", ")}: there is no such option; there are ${known}`;
  });
  throw new KindlingError("invalid-option", `${lines.join("; ")}.`);
}

/**
 * The method of a request with what runs after it, what it takes of the request's options, and notes on those that it cannot
 * do.
 */
export function methodOf({
  method: first,
  then,
  set,
  fast,
  denoise,
  denoiseColour,
  keepHighlights,
}: Pick<z.infer<typeof mapsRequest>, "method" | "set"> & Partial<z.infer<typeof enhanceRequest>>) {
  const method = then === undefined ? first : followedBy(first, then);
  const facts = factsOfMethod(method);
  const wishes = { set, fast, denoise, denoiseColour, keepHighlights };
  const { settings, strengths, leftOut } = fitToMethod(facts, wishes, "set");
  return { method, settings, strengths, notes: leftOut.map((name) => noteLeftOut(name, facts)) };
}
