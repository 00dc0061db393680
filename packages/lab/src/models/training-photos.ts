import { KindlingError } from "@kindling/core";
import type { TrainingPhotos } from "./model-card.ts";

/**
 * Parses a list of sets of photographs: a JSON object that has `about` (what they are, and how many) and `terms` (how
 * they may be used) by the name of each set.
 *
 * @param file names the list in errors.
 * @throws {KindlingError} `invalid-option` where the text is something else, naming the set.
 */
export function parseTrainingPhotos(text: string, file: string): ReadonlyMap<string, TrainingPhotos> {
  const value = parseJson(text, file);
  if (!isRecord(value)) throw invalid(file, "expected an object of sets by their names");
  return new Map(
    Object.entries(value).map(([name, set]) => {
      if (!isRecord(set)) throw invalid(file, `${name}: expected an object with about and terms`);
      const { about, terms, ...others } = set;
      const [other] = Object.keys(others);
      if (other !== undefined) throw invalid(file, `${name}: expected about and terms, got ${other}`);
      if (typeof about !== "string" || typeof terms !== "string" || about === "" || terms === "") {
        throw invalid(file, `${name}: expected a text as about and one as terms`);
      }
      return [name, { about, terms }];
    }),
  );
}

/**
 * Chooses sets of photographs by their names; a name that is given twice counts once.
 *
 * @param file names the list in errors.
 * @throws {KindlingError} `invalid-option`, naming every set that is not in the list.
 */
export function choosePhotos(
  known: ReadonlyMap<string, TrainingPhotos>,
  names: readonly string[],
  file: string,
): TrainingPhotos[] {
  const unknown = [...new Set(names)].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new KindlingError(
      "invalid-option",
      `${file}: it does not describe the photographs ${unknown.join(", ")}. Add what they are (about) and their terms (terms).`,
    );
  }
  return [...new Set(names)].flatMap((name) => known.get(name) ?? []);
}

/** Writes the licence of weights that were learnt from photographs: their terms, and research use. */
export function licenceOf(photos: readonly TrainingPhotos[]): string {
  const terms = [...new Set(photos.map((set) => set.terms))].join(" ");
  return `Non-commercial research use, as the photographs it learnt from: ${terms}`;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KindlingError("invalid-option", `${file}: expected JSON: ${String(cause)}`, { cause });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(file: string, reason: string): KindlingError {
  return new KindlingError("invalid-option", `${file}: ${reason}.`);
}
