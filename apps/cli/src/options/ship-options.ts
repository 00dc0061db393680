import { KindlingError } from "@kindling/node";
import { wholeNumber } from "@kindling/node/internal";
import { z } from "zod";

/** Texts by the words of an option that may be given several times. */
const repeatable = z.array(z.string()).default([]);

/** The options of `kindling ship`. */
export const shipOptions = z.strictObject({
  from: repeatable.meta({
    flags: "--from <path>",
    description: "a run's folder, a checkpoint or an ONNX model; repeatable: a later one's weights replace others",
  }),
  mean: z.boolean().default(false).meta({
    flags: "--mean",
    description: "ship the mean of the weights of all --from instead, for trainings that began from the same weights",
  }),
  title: z.string().optional().meta({ flags: "--title <text>", description: "name for people (default: as before)" }),
  about: z.string().optional().meta({
    flags: "--about <text>",
    description: "what it is good for, in a sentence (default: as before)",
  }),
  unfit: z.string().optional().meta({
    flags: "--unfit <text>",
    description:
      'why the weights are not fit for photos: they are kept to compare with, and not offered; "" = fit (default: as before)',
  }),
  data: repeatable.meta({
    flags: "--data <name>",
    description: "photographs it learnt from beside those that runs name; repeatable",
  }),
  photos: z.string().optional().meta({
    flags: "--photos <json>",
    description: "what each set of photographs is, and its terms (default: photos.json in the folder of models)",
  }),
  licence: z.string().optional().meta({
    flags: "--licence <text>",
    description: "terms of use (default: made of the terms of the photographs)",
  }),
  measured: repeatable.meta({
    flags: "--measured <set=file>",
    description: "figures that kindling evaluate --json printed, by the name of the photographs; repeatable",
  }),
  models: z.string().default("models").meta({
    flags: "--models <folder>",
    description: "folder of models that it is put into",
  }),
  lightOf: z.string().optional().meta({
    flags: "--light-of <tag>",
    description: "take the automatic light that was fitted for other weights of the network",
  }),
  border: wholeNumber(0, 256).optional().meta({
    flags: "--border <px>",
    description:
      "width of the mirrored border added to photos, against dark frames at their edges (default: as before)",
  }),
  variant: z.string().optional().meta({
    flags: "--variant <name>",
    description: "graphs of a variant, such as kind+root (default: what --from says it holds)",
  }),
  int8: repeatable.meta({
    flags: "--int8 <data>",
    description: "convolutions in 8-bit integers, their ranges measured on the training pairs of this data; repeatable",
  }),
  json: z.boolean().default(false).meta({ flags: "--json", description: "print what was shipped as a JSON object" }),
});

/**
 * The files of `--measured`, by the name of their photographs.
 *
 * @throws {KindlingError} `invalid-option` for words without a name or a file.
 */
export function parseMeasured(words: readonly string[]): Map<string, string> {
  return new Map(
    words.map((word) => {
      const cut = word.lastIndexOf("=");
      if (cut > 0 && cut < word.length - 1) return [word.slice(0, cut), word.slice(cut + 1)];
      throw new KindlingError(
        "invalid-option",
        `--measured ${word}: expected a name and a file, such as "lol, val=figures.json".`,
      );
    }),
  );
}
