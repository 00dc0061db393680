/** A photo of an evaluation, with its reference where there is one. */
export interface Subject {
  /** Unique in the evaluation; a folder's result for the photo has this name. */
  readonly name: string;
  /** File of the dark photo. */
  readonly original: string;
  /** File of the well exposed photo of the same scene. */
  readonly reference?: string;
}

/** Converts pairs to subjects. Where an earlier pair has the same name, the path of the dark photo replaces it. */
export function subjectsOfPairs(
  pairs: readonly { readonly name: string; readonly low: string; readonly normal: string }[],
): Subject[] {
  const taken = new Set<string>();
  return pairs.map(({ name, low, normal }) => {
    const unique = taken.has(name) ? low : name;
    taken.add(unique);
    return { name: unique, original: low, reference: normal };
  });
}
