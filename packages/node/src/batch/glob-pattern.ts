import { isDynamicPattern } from "tinyglobby";

/**
 * A pattern as it is searched for, with slashes between folders. On Windows people write `photos\*.tif`, where a backslash
 * cannot take the meaning from a wildcard; elsewhere it does.
 */
export function patternInSlashes(pattern: string, platform: string = process.platform): string {
  return platform === "win32" ? pattern.replaceAll("\\", "/") : pattern;
}

/** The folder that a pattern in slashes names before its first wildcard, as it is on the disk. */
export function fixedPartOf(pattern: string): string {
  const segments = pattern.split("/");
  const fixed = segments.slice(
    0,
    segments.findIndex((segment) => isDynamicPattern(segment)),
  );
  // A backslash takes the meaning from a wildcard and is not part of the name.
  const base = fixed.map((segment) => segment.replace(/\\(.)/g, "$1")).join("/");
  // A drive of Windows without a slash is the folder that is current on it.
  if (/^[a-z]:$/i.test(base)) return `${base}/`;
  return base || (pattern.startsWith("/") ? "/" : ".");
}
