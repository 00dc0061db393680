/** A change to a file of the repository: a whole new file, or a change of the text that stands there. */
export interface Edit {
  /** From the repository's root. */
  readonly path: string;
  readonly change: (text: string) => string;
}

/** A smallest addition of one kind, by touching only the files that its recipe in CONTRIBUTING.md names. */
export interface Addition {
  /** The heading of the recipe, without its count. */
  readonly recipe: string;
  /** What the recipe calls `<name>`, as it stands in the names of files. */
  readonly name: string;
  /** What the recipe calls `<system>` or `<family>`: something that exists. */
  readonly of?: string;
  readonly edits: readonly Edit[];
}

/** A new file. */
export function create(path: string, text: string): Edit {
  return { path, change: () => text };
}

/** A changed file: each text that is found is replaced once. Throws where one is not found. */
export function change(
  path: string,
  ...replacements: readonly (readonly [found: string | RegExp, by: string])[]
): Edit {
  return {
    path,
    change: (text) =>
      replacements.reduce((changed, [found, by]) => {
        const next = changed.replace(found, by);
        if (next === changed) throw new Error(`${path}: there is no ${found}`);
        return next;
      }, text),
  };
}

/** A changed file with a line more at its beginning. */
export const prepend = (
  path: string,
  line: string,
  ...more: Parameters<typeof change> extends [string, ...infer R] ? R : never
): Edit => ({
  path,
  change: (text) => `${line}\n${change(path, ...more).change(text)}`,
});
