import { KindlingError } from "@kindling/core";

/**
 * The version that a release gets.
 *
 * @param request `patch`, `minor`, or a version such as `1.0.0`.
 * @throws {KindlingError} `invalid-option` for anything else, and for a version that is not above the current one.
 */
export function nextVersion(current: string, request: string): string {
  const [major, minor, patch] = partsOf(current) as [number, number, number];
  if (request === "patch") return `${major}.${minor}.${patch + 1}`;
  if (request === "minor") return `${major}.${minor + 1}.0`;
  const wanted = partsOf(request);
  if (!wanted) {
    throw new KindlingError("invalid-option", `${request}: expected patch, minor or a version such as 1.0.0.`);
  }
  const difference = [major, minor, patch].map((part, i) => wanted[i]! - part).find((by) => by !== 0) ?? 0;
  if (difference <= 0) throw new KindlingError("invalid-option", `${request}: expected a version above ${current}.`);
  return request;
}

function partsOf(version: string): number[] | undefined {
  return /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(version)?.slice(1).map(Number);
}
