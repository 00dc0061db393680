import { KindlingError } from "@kindling/core";

/** More lines than this nobody reads. */
const mostLines = 20;

/**
 * One error that names everything wrong with a set of photos, so that it is put right in one go.
 * It carries the code of the first problem.
 *
 * @param about the folder or file the photos came from.
 * @param problems at least one, each naming its file.
 */
export function problemsError(about: string, problems: readonly KindlingError[]): KindlingError {
  const [first] = problems;
  if (!first || problems.length === 1) return first ?? new KindlingError("internal", `${about}: no problem to tell.`);
  const lines = problems.slice(0, mostLines).map(({ message }) => `  ${message}`);
  if (problems.length > mostLines) lines.push(`  and ${problems.length - mostLines} more`);
  return new KindlingError(first.code, `${about}: ${problems.length} problems:\n${lines.join("\n")}`);
}
