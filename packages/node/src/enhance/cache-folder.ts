import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where a person's programs keep what they can find out again: where it is said, and what the system is. */
interface Place {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: () => string;
}

/**
 * The folder in which Kindling keeps what it found out about this machine: that of the variable `KINDLING_CACHE_DIR`, else
 * `kindling` among the caches that the system has for each person.
 *
 * @returns undefined where the person has no home.
 * @example
 * cacheFolder(); // "/home/ada/.cache/kindling"
 */
export function cacheFolder(place: Partial<Place> = {}): string | undefined {
  const { environment = process.env, platform = process.platform, home = homedir } = place;
  const own = environment["KINDLING_CACHE_DIR"];
  if (own) return own;
  try {
    if (platform === "darwin") return join(home(), "Library", "Caches", "kindling");
    if (platform === "win32") return join(environment["LOCALAPPDATA"] ?? join(home(), "AppData", "Local"), "kindling");
    // Relative paths count as none: XDG Base Directory Specification.
    const shared = environment["XDG_CACHE_HOME"] ?? "";
    return join(isAbsolute(shared) ? shared : join(home(), ".cache"), "kindling");
  } catch {
    // A container's user may stand in no list of users.
    return undefined;
  }
}
