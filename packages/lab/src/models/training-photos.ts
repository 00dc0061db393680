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

/** A set of photographs with its name in the list. */
export interface NamedPhotos extends TrainingPhotos {
  readonly name: string;
}

/**
 * Chooses sets of photographs by their names; a name that is given twice counts once. Terms of the form `As those of bsds.`
 * are told in full, with what that set is unless it is chosen, too.
 *
 * @param file names the list in errors.
 * @throws {KindlingError} `invalid-option`, naming every set that is not in the list.
 */
export function choosePhotos(
  known: ReadonlyMap<string, TrainingPhotos>,
  names: readonly string[],
  file: string,
): NamedPhotos[] {
  const chosen = [...new Set(names)];
  const unknown = chosen.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new KindlingError(
      "invalid-option",
      `${file}: it does not describe the photographs ${unknown.join(", ")}. Add what they are (about) and their terms (terms).`,
    );
  }
  return chosen.flatMap((name) => {
    const set = known.get(name);
    if (!set) return [];
    const other = /^As those of (\S+)\.$/.exec(set.terms)?.[1] ?? "";
    const meant = known.get(other);
    if (!meant) return [{ name, ...set }];
    const terms = chosen.includes(other) ? meant.terms : `${meant.terms} ${meant.about}`;
    return [{ name, about: set.about, terms }];
  });
}

/**
 * Writes the licence of weights that were learnt from photographs: research use, and all different terms, each with the sets
 * that have them.
 *
 * @example
 * const licence = licenceOf(photos); // … the terms of its photographs. night, dusk: CC BY-NC 4.0. day: Any use.
 */
export function licenceOf(photos: readonly NamedPhotos[]): string {
  const setsByTerms = new Map<string, string[]>();
  for (const { name, terms } of photos) setsByTerms.set(terms, [...(setsByTerms.get(terms) ?? []), name]);
  const list = [...setsByTerms].map(([terms, sets]) => `${sets.join(", ")}: ${terms}`);
  return ["Non-commercial research use, by the terms of the photographs it learnt from.", ...list].join(" ");
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
