import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { codeOfSystem, readError, writeError } from "../photo/file-errors.ts";
import { makeFolder } from "../photo/make-folder.ts";
import { isNameTaken } from "../photo/path-exists.ts";
import { openRegularFile, sha256OfFile } from "../photo/regular-file.ts";
import { identity } from "./identity.ts";
import type { FinishedFile } from "./job.ts";
import { outputsOf, type PlannedPhoto } from "./planned-photo.ts";

/** Name of the file in the results' folder that records finished results. */
const journalName = ".kindling.jsonl";

const entrySchema = z.object({
  /** Paths are relative to the folder, so that the journal of a moved folder stays valid. */
  output: z.string(),
  /** SHA-256 of the result. */
  outputSha256: z.string(),
  input: z.string(),
  /** SHA-256 of what the result was made from. */
  sourceSha256: z.string(),
  settings: z.string(),
});

type Entry = z.infer<typeof entrySchema>;

/**
 * Records which results are finished, so that a stopped run continues.
 *
 * A line is written once a result is flushed beside its final path, just before it moves there. Results and photos are
 * known by the hash of their content: a file is the result of a line if it holds what the line says, whatever happened
 * since the line was written.
 */
export class Journal {
  readonly #folder: string;
  /** Lines by the path of the result, old and new: the file there may be that of any of them. */
  readonly #entries: ReadonlyMap<string, Entry[]>;

  private constructor(folder: string, entries: ReadonlyMap<string, Entry[]>) {
    this.#folder = folder;
    this.#entries = entries;
  }

  /** Whether a folder has a journal, and so holds results. */
  static isIn(folder: string): Promise<boolean> {
    return isNameTaken(join(folder, journalName));
  }

  /**
   * Opens the journal of a folder, which need not exist yet; skips lines that a crash cut short.
   *
   * @throws {KindlingError} `unreadable`; `unwritable` where the folder may not be entered; `not-a-photo` where it is no regular file. Links are not followed.
   */
  static async open(folder: string): Promise<Journal> {
    const entries = new Map<string, Entry[]>();
    for (const line of (await readJournal(join(folder, journalName))).split("\n")) {
      const entry = parseEntry(line);
      if (!entry) continue;
      const known = entries.get(entry.output);
      if (known) known.push(entry);
      else entries.set(entry.output, [entry]);
    }
    return new Journal(await identity(folder), entries);
  }

  /**
   * Whether all results of a photo exist and were made from it with the same settings. A result that took the place of its
   * photo counts as made from it.
   *
   * @param settings hash of everything that determines a result.
   * @throws {KindlingError} where the photo cannot be read.
   */
  async isFinished(photo: PlannedPhoto, settings: string): Promise<boolean> {
    let source: string | undefined;
    for (const output of outputsOf(photo)) {
      const known = await this.#resultsAt(output, (entry) => entry.settings === settings);
      if (known.length === 0) return false;
      if (known.some(isInPlace) && (await identity(photo.input)) === (await identity(output))) continue;
      source ??= await sha256OfSources(photo);
      if (!known.some(({ sourceSha256 }) => sourceSha256 === source)) return false;
    }
    return true;
  }

  /** Whether the file at a path is the unchanged result of a run. */
  async isOwnResult(output: string): Promise<boolean> {
    return (await this.#resultsAt(output)).length > 0;
  }

  /** Whether the file at a path is the unchanged result of a run, made from this photo: from its path or its content. */
  async isResultOf(photo: PlannedPhoto, output: string): Promise<boolean> {
    const known = await this.#resultsAt(output);
    if (known.length === 0) return false;
    const input = await this.#nameOf(photo.input);
    if (photo.isDrawn || known.some((entry) => entry.input === input)) return true;
    const source = await sha256OfSources(photo).catch(() => undefined);
    return known.some(({ sourceSha256 }) => sourceSha256 === source);
  }

  /** Whether the file at a path is the unchanged result of a run, made from another file. */
  async isResultOfAnother(path: string): Promise<boolean> {
    return (await this.#resultsAt(path, (entry) => !isInPlace(entry))).length > 0;
  }

  /**
   * Records that a result of a photo is staged beside its final path.
   *
   * @throws {KindlingError} `unwritable` or `disk-full`.
   */
  async note(photo: PlannedPhoto, { staged, sha256, sourceSha256 }: FinishedFile, settings: string): Promise<void> {
    const path = join(this.#folder, journalName);
    try {
      const entry: Entry = {
        output: await this.#nameOf(staged.path),
        outputSha256: sha256,
        input: await this.#nameOf(photo.input),
        sourceSha256,
        settings,
      };
      await makeFolder(this.#folder);
      const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
      const file = await openRegularFile(path, { flags, followLinks: false });
      try {
        // The line break comes first, so that a line cut short by a crash does not spoil the next.
        await file.appendFile(`\n${JSON.stringify(entry)}`);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (cause) {
      throw writeError(path, cause);
    }
  }

  /** The lines of interest whose result is what the file at a path holds; without any the file is not read. */
  async #resultsAt(path: string, isOfInterest: (entry: Entry) => boolean = () => true): Promise<readonly Entry[]> {
    if (this.#entries.size === 0) return [];
    const entries = (this.#entries.get(await this.#nameOf(path)) ?? []).filter(isOfInterest);
    if (entries.length === 0) return [];
    const sha256 = await sha256OfFile(path, { followLinks: false }).catch(() => undefined);
    return entries.filter(({ outputSha256 }) => outputSha256 === sha256);
  }

  /** The path of a file from the folder, however it is spelt. */
  async #nameOf(path: string): Promise<string> {
    return relative(this.#folder, join(await identity(dirname(resolve(path))), basename(path)));
  }
}

/** The hash of a photo's content; of several files one hash of theirs; of a drawn picture no digits. */
async function sha256OfSources({ input, sources = [input], isDrawn = false }: PlannedPhoto): Promise<string> {
  if (isDrawn) return "";
  const hashes: string[] = [];
  for (const source of sources) hashes.push(await sha256OfFile(source));
  return combineSha256(hashes);
}

/** Combines the hashes of the files that one result is made from; that of one file is its own. */
export function combineSha256(hashes: readonly string[]): string {
  if (hashes.length === 1) return hashes[0] ?? "";
  return createHash("sha256").update(hashes.join("")).digest("hex");
}

function isInPlace({ input, output }: Entry): boolean {
  return input === output;
}

async function readJournal(path: string): Promise<string> {
  try {
    const file = await openRegularFile(path, { followLinks: false });
    try {
      return await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = codeOfSystem(cause);
    if (code === "ENOENT" || code === "ENOTDIR") return "";
    // The folder may not be looked into: a hidden file that need not be there is not what to name.
    if (code === "EACCES" && !(await isNameTaken(path))) throw writeError(dirname(path), cause);
    throw readError(path, cause);
  }
}

function parseEntry(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
