/** What the page remembers about a person, on their own device. */
type PreferenceName = "language" | "theme" | "format" | "quality" | "withoutPlace";

/** What was remembered; nothing where storage is off. */
export function readPreference(name: PreferenceName): string | undefined {
  try {
    return localStorage.getItem(`kindling.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers it where storage is on. */
export function writePreference(name: PreferenceName, value: string): void {
  try {
    localStorage.setItem(`kindling.${name}`, value);
  } catch {
    // Private windows of some browsers refuse: then it holds until the page is closed.
  }
}
