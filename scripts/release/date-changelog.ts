import { KindlingError } from "@kindling/core";

/**
 * The changelog with its section "Unreleased" under a version and a date.
 *
 * @param date as `2027-01-31`.
 * @throws {KindlingError} `invalid-option` where there is no such section or nothing in it.
 */
export function dateChangelog(changelog: string, version: string, date: string): string {
  const section = /^## Unreleased\n(?<text>[\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changelog);
  if (!section?.groups?.["text"]?.trim()) {
    throw new KindlingError(
      "invalid-option",
      'CHANGELOG.md: expected a section "## Unreleased" that says what changed.',
    );
  }
  return changelog.replace("## Unreleased\n", `## ${version} (${date})\n`);
}
