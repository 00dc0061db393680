import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { KindlingError } from "@kindling/core";
import { isDynamicPattern } from "tinyglobby";
import { readError } from "../photo/file-errors.ts";
import { readdir, realpath, stat } from "../photo/file-system.ts";
import { noPhotosError } from "../photo/no-photos-error.ts";
import { isPhotoName } from "../photo/photo-name.ts";
import { distinctPaths } from "./distinct-paths.ts";
import { globFiles } from "./glob-files.ts";
import { fixedPartOf, patternInSlashes } from "./glob-pattern.ts";
import { identity, isWithin } from "./identity.ts";
import { Journal } from "./journal.ts";
import { findUnquotedNames } from "./unquoted-names.ts";

/** A photo, and its path below the argument that named it: results keep this structure. */
export interface FoundPhoto {
  readonly path: string;
  readonly below: string;
}

/** An input that cannot be processed, and the reason. */
export interface Failure {
  readonly input: string;
  readonly error: KindlingError;
}

/** Something a person should know about a path, although nothing failed. */
export interface Notice {
  readonly path: string;
  readonly message: string;
}

/** The path that stands for the standard input among photos, and for the standard output as the result. */
export const standardStream = "-";

/** What a search found. */
export interface FoundPhotos {
  readonly photos: readonly FoundPhoto[];
  readonly failures: readonly Failure[];
  readonly notices: readonly Notice[];
}

/**
 * Finds the photos of files, folders and globs.
 *
 * Folders are searched with all below them, each once: a link to a folder is followed if that folder is not searched
 * anyway. Left out are the results of earlier runs: `out`, folders with a journal, and results in a searched `out`. What an
 * argument names itself is never left out.
 *
 * @param isWanted whether a file's name is that of an input; that of a photo if not given.
 */
export async function findPhotos(
  inputs: readonly string[],
  out: string,
  isWanted: (name: string) => boolean = isPhotoName,
): Promise<FoundPhotos> {
  return new Search(await identity(out), await Journal.open(out), isWanted).run(inputs);
}

class Search {
  readonly #out: string;
  readonly #journal: Journal;
  readonly #isWanted: (name: string) => boolean;
  readonly #failures: Failure[] = [];
  readonly #notices: Notice[] = [];
  /** Real paths of all folders searched. */
  readonly #searched = new Set<string>();

  constructor(out: string, journal: Journal, isWanted: (name: string) => boolean) {
    this.#out = out;
    this.#journal = journal;
    this.#isWanted = isWanted;
  }

  async run(inputs: readonly string[]): Promise<FoundPhotos> {
    const photos: FoundPhoto[] = [];
    for (const input of await distinctPaths(inputs)) {
      try {
        photos.push(...(await this.#find(input)));
      } catch (cause) {
        this.#failures.push({ input, error: readError(input, cause) });
      }
    }
    const missing = new Set(this.#failures.filter(({ error }) => error.code === "not-found").map(({ input }) => input));
    const unquoted = await findUnquotedNames(inputs, (input) => missing.has(input));
    const failures = this.#failures.map((failure) => ({
      ...failure,
      error: unquoted.get(failure.input) ?? failure.error,
    }));
    return { photos, failures, notices: this.#notices };
  }

  async #find(input: string): Promise<FoundPhoto[]> {
    if (input === "") {
      throw new KindlingError(
        "invalid-option",
        'photos: expected a file, a folder or a pattern; got the empty name "".',
      );
    }
    if (input === standardStream) return [{ path: input, below: input }];
    const known = await stat(input).catch((cause) => {
      if (isDynamicPattern(input)) return undefined;
      throw cause;
    });
    if (!known) return this.#findByPattern(input);
    if (!known.isDirectory()) return [{ path: input, below: basename(input) }];
    const [failuresBefore, noticesBefore] = [this.#failures.length, this.#notices.length];
    const found = await this.#withoutOwnResults(await this.#findBelow(input), input);
    if (found.length === 0 && this.#failures.length === failuresBefore && this.#notices.length === noticesBefore) {
      throw await noPhotosError(input);
    }
    await this.#tellNamedResults(input);
    return found;
  }

  /** Finds the photos of a folder and all below it: links last, so that photos come by their own path where they have one. */
  async #findBelow(top: string): Promise<FoundPhoto[]> {
    const realTop = await realpath(top);
    const isOutAbove = isWithin(realTop, this.#out);
    const found: FoundPhoto[] = [];
    const links: string[] = [];
    const search = async (folder: string, isLinked: boolean): Promise<void> => {
      this.#searched.add(await realpath(folder));
      const entries = await readdir(folder, { withFileTypes: true });
      for (const entry of entries.sort((a, b) => byName(a.name, b.name))) {
        const path = join(folder, entry.name);
        if (entry.name.startsWith(".")) continue;
        if (entry.isDirectory()) await enter(path, isLinked);
        else if (entry.isSymbolicLink() && (await isFolder(path))) links.push(path);
        else if (this.#isWanted(entry.name)) found.push({ path, below: relative(top, path) });
      }
    };
    const enter = async (folder: string, isLinked: boolean): Promise<void> => {
      try {
        const place = await realpath(folder);
        if ((!isOutAbove && isWithin(place, this.#out)) || (isLinked && this.#searched.has(place))) return;
        if (!(await this.#isFolderOfResults(folder))) await search(folder, isLinked);
      } catch (cause) {
        this.#failures.push({ input: folder, error: readError(folder, cause) });
      }
    };
    await search(top, false);
    // Searching a linked folder may add further links.
    for (const link of links) {
      const target = await identity(link);
      const isLoop = this.#searched.has(target) || isWithin(realTop, target);
      const told = isLoop ? `link not followed: it leads back to ${target}.` : `link followed to ${target}.`;
      this.#notices.push({ path: link, message: told });
      if (!isLoop) await enter(link, true);
    }
    return found;
  }

  async #findByPattern(pattern: string): Promise<FoundPhoto[]> {
    const slashed = patternInSlashes(pattern);
    const base = fixedPartOf(slashed);
    const isOutAbove = isWithin(await identity(base), this.#out);
    const found: FoundPhoto[] = [];
    const seen = new Set<string>();
    const { paths, followed, refused } = await globFiles(slashed, base);
    const untold = new Map(followed);
    const asNamed = (link: string) => join(base, relative(resolve(base), link));
    const matches = paths.filter(this.#isWanted);
    // A photo that is found through a link as well comes by its own path.
    const places = new Map<string, string>();
    for (const path of matches) places.set(path, join(await identity(dirname(path)), basename(path)));
    const isLinked = (path: string) => Number(places.get(path) !== resolve(path));
    for (const path of matches.sort((a, b) => isLinked(a) - isLinked(b) || byName(a, b))) {
      const place = places.get(path) ?? path;
      if (seen.has(place) || (!isOutAbove && isWithin(dirname(place), this.#out))) continue;
      seen.add(place);
      if (await this.#isBelowResults(path, base)) continue;
      found.push({ path, below: relative(base, path) });
      const link = [...untold.keys()].find((folder) => resolve(path).startsWith(folder + sep));
      if (link === undefined) continue;
      this.#notices.push({ path: asNamed(link), message: `link followed to ${followed.get(link)}.` });
      untold.delete(link);
    }
    for (const [link, message] of refused) this.#notices.push({ path: asNamed(link), message });
    if (matches.length === 0) {
      throw new KindlingError(
        "not-found",
        `${pattern}: no photos match. Check the pattern, and quote it for the shell.`,
      );
    }
    await this.#tellNamedResults(base);
    return this.#withoutOwnResults(
      found.sort((a, b) => byName(a.path, b.path)),
      base,
    );
  }

  /** Whether a folder between the fixed part of a pattern and a photo holds results. */
  async #isBelowResults(path: string, base: string): Promise<boolean> {
    const folders = relative(base, dirname(path)).split(sep).filter(Boolean);
    for (let depth = 1; depth <= folders.length; depth++) {
      if (await this.#isFolderOfResults(join(base, ...folders.slice(0, depth)))) return true;
    }
    return false;
  }

  /** Tells that a folder holds results and is searched all the same, because it was named. */
  async #tellNamedResults(folder: string): Promise<void> {
    const place = await identity(folder);
    if (place === this.#out || !(await Journal.isIn(place))) return;
    const message = "it holds results of this command, which are worked on again because it was named.";
    this.#notices.push({ path: folder, message });
  }

  readonly #resultFolders = new Map<string, boolean>();

  /** Whether a folder has a journal and is not `out`; told once. */
  async #isFolderOfResults(folder: string): Promise<boolean> {
    const place = await identity(folder);
    const known = this.#resultFolders.get(place);
    if (known !== undefined) return known;
    const isOne = place !== this.#out && (await Journal.isIn(place));
    this.#resultFolders.set(place, isOne);
    if (isOne) {
      const message = "left out: it holds results of this command. Name it to work on them.";
      this.#notices.push({ path: folder, message });
    }
    return isOne;
  }

  /** Leaves out results that `out` holds among the photos, as with --suffix. Those in the place of their photo stay. */
  async #withoutOwnResults(found: readonly FoundPhoto[], folder: string): Promise<FoundPhoto[]> {
    const kept: FoundPhoto[] = [];
    for (const photo of found) {
      // A photo that cannot be read stays, so that its failure is reported.
      if (!(await this.#journal.isResultOfAnother(photo.path).catch(() => false))) kept.push(photo);
    }
    const count = found.length - kept.length;
    if (count > 0) {
      this.#notices.push({ path: folder, message: `${count} results of earlier runs in it left out.` });
    }
    return kept;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (known) => known.isDirectory(),
    () => false,
  );
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
