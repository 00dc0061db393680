import { KindlingError } from "@kindling/core";

/** Longer lists are cut. */
const mostTold = 20;

/**
 * Joins all problems of a set of photos in one error, so that a person can mend them together. It has the code of the first.
 *
 * @param about the folder or file the photos came from.
 * @param problems at least one, each naming its file.
 */
export function problemsError(about: string, problems: readonly KindlingError[]): KindlingError {
  const [first] = problems;
  if (!first || problems.length === 1)
    return first ?? new KindlingError("internal", `${about}: an error without a problem.`);
  const told = problems.slice(0, mostTold).map(({ message }) => message);
  if (problems.length > mostTold) told.push(`and ${problems.length - mostTold} more`);
  return new KindlingError(first.code, `${about}: ${problems.length} problems: ${told.join(" | ")}`);
}
