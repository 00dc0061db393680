/** A photo of an evaluation, with its reference where there is one. */
export interface Subject {
  /** Unique in the evaluation; results in folders have this name. */
  readonly name: string;
  /** File of the dark photo. */
  readonly original: string;
  /** File of the well exposed photo of the same scene. */
  readonly reference?: string;
}

/** The subjects of pairs. A name that an earlier pair has already is replaced by the path of the dark photo. */
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
