import { dirname, join, relative, resolve, sep } from "node:path";
import { KindlingError } from "@kindling/core";
import { sourceFormatOf } from "@kindling/core/internal";
import { lstat, stat } from "../photo/file-system.ts";
import { isNameTaken } from "../photo/path-exists.ts";
import { openRegularFile, requireRegular, sha256OfFile } from "../photo/regular-file.ts";
import type { BatchPlan } from "./batch-plan.ts";
import { standardStream } from "./find-photos.ts";
import { identity } from "./identity.ts";
import type { FinishedFile } from "./job.ts";
import { Journal } from "./journal.ts";
import { outputsOf, type PlannedPhoto } from "./planned-photo.ts";

const remedy = "Choose another --out, or give --overwrite to replace it.";

/** Keeps results from replacing what they must not, and from leaving their folder. */
export class OutputGuard {
  readonly #folder: string | undefined;
  readonly #journal: Journal | undefined;
  readonly #overwrite: boolean;
  readonly #inputs: ReadonlySet<string>;
  /** Journals by their folders, each read once. */
  readonly #journals = new Map<string, Promise<Journal | undefined>>();

  private constructor(
    folder: string | undefined,
    journal: Journal | undefined,
    overwrite: boolean,
    inputs: ReadonlySet<string>,
  ) {
    this.#folder = folder;
    this.#journal = journal;
    this.#overwrite = overwrite;
    this.#inputs = inputs;
  }

  /** @param overwrite whether results may replace photos and files of other programs. */
  static async open(plan: BatchPlan, journal: Journal | undefined, overwrite: boolean): Promise<OutputGuard> {
    const files = plan.photos.filter(isFile).flatMap(({ input, sources = [input] }) => sources);
    return new OutputGuard(plan.folder, journal, overwrite, new Set(await Promise.all(files.map(identity))));
  }

  /**
   * Checks all paths that the results of a photo will take.
   *
   * @throws {KindlingError} `exists` for a photo, a file of another program or the result of another photo, without
   * `overwrite`; for a raw, and for a file beside the photo that is not the photo, always; for a photo that is a result
   * itself; `unwritable` where a folder below that of the results is a link.
   */
  async check(photo: PlannedPhoto): Promise<void> {
    for (const output of outputsOf(photo)) {
      if (output === standardStream) continue;
      if (this.#folder !== undefined) await requireInside(this.#folder, output);
      if (isFile(photo) && (await isSame(photo.input, output)) && (await this.#isKnownResult(output))) {
        const reason = "it is a result of this command already, and a second one would be made from the first";
        throw new KindlingError("exists", `${photo.input}: ${reason}. Choose another --out.`);
      }
      await (this.#overwrite ? this.#requireReplaceable(photo, output) : this.#requireFree(photo, output));
    }
  }

  /**
   * Checks a result again just before it moves to its path: much can have changed while it was made.
   *
   * @throws {KindlingError} as `check`; `exists` also where it would replace a photo that is not the one it was made from.
   */
  async checkAgain(photo: PlannedPhoto, { staged, sourceSha256 }: FinishedFile): Promise<void> {
    await this.check(photo);
    if (!isFile(photo) || !(await isSame(photo.input, staged.path))) return;
    if ((await sha256OfFile(photo.input)) === sourceSha256) return;
    const reason = "it was changed while it was worked on, and stays as it is now";
    throw new KindlingError("exists", `${photo.input}: ${reason}. Run the same command again.`);
  }

  /** Whether the file at a path is the unchanged result of a run into its folder or one above. */
  async #isKnownResult(path: string): Promise<boolean> {
    for (let folder = await identity(dirname(resolve(path))); ; folder = dirname(folder)) {
      const reading = this.#journals.get(folder) ?? readJournalIn(folder);
      this.#journals.set(folder, reading);
      if (await (await reading)?.isOwnResult(path)) return true;
      if (folder === dirname(folder)) return false;
    }
  }

  /** What not even `overwrite` replaces: a device or a pipe, a raw, and in a folder of photos one that lies beside another, such as a camera's JPEG. */
  async #requireReplaceable(photo: PlannedPhoto, output: string): Promise<void> {
    if (!(await isNameTaken(output)) || (isFile(photo) && (await isSame(photo.input, output)))) return;
    if (await this.#journal?.isOwnResult(output)) return;
    const known = await stat(output).catch(() => undefined);
    if (known && !known.isDirectory()) requireRegular(output, known);
    if (await isRawFile(output)) {
      const reason = `${output} is a camera's raw, which is never replaced`;
      throw new KindlingError("exists", `${photo.input}: ${reason}. Choose another --out.`);
    }
    const isBeside = isFile(photo) && (await isSame(dirname(resolve(photo.input)), dirname(resolve(output))));
    if (this.#folder === undefined || !isBeside) return;
    const reason = `its result would replace ${output}, which lies beside it and is another photo`;
    throw new KindlingError("exists", `${photo.input}: ${reason}. Give a --suffix, or choose another --out.`);
  }

  async #requireFree(photo: PlannedPhoto, output: string): Promise<void> {
    const { input } = photo;
    if (this.#inputs.has(await identity(output))) {
      throw new KindlingError("exists", `${input}: its result would replace the photo ${output}. ${remedy}`);
    }
    if (!(await isNameTaken(output)) || (await this.#journal?.isResultOf(photo, output))) return;
    throw new KindlingError("exists", `${input}: ${resolve(output)} ${await this.#describeTaken(output)}. ${remedy}`);
  }

  /** What is known of the file in a result's place. Of a result that was named there is no journal: any command may have made it. */
  async #describeTaken(output: string): Promise<string> {
    if (this.#journal === undefined) return "is there already";
    if (await this.#journal.isOwnResult(output)) return "is the result of another photo";
    return "is there already and was not made by this command";
  }
}

/** Reads the journal of a folder; one that cannot be read is that of another user. */
async function readJournalIn(folder: string): Promise<Journal | undefined> {
  return (await Journal.isIn(folder)) ? Journal.open(folder).catch(() => undefined) : undefined;
}

/** Enough to know a raw by its first directories. */
const headBytes = 64 * 1024;

/** Whether what lies at a path is a camera's raw, by its content or name. */
async function isRawFile(path: string): Promise<boolean> {
  try {
    const file = await openRegularFile(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return sourceFormatOf(buffer.subarray(0, bytesRead), path) === "raw";
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

/** Whether a photo comes from a file. */
function isFile({ content, isDrawn = false }: PlannedPhoto): boolean {
  return content === undefined && !isDrawn;
}

async function isSame(input: string, output: string): Promise<boolean> {
  return (await identity(input)) === (await identity(output));
}

/**
 * Refuses a result below a linked folder: it would be written somewhere else. The folder of all results may be a link.
 *
 * @throws {KindlingError} `unwritable`.
 */
export async function requireInside(folder: string, output: string): Promise<void> {
  let path = folder;
  for (const segment of relative(folder, dirname(output)).split(sep).filter(Boolean)) {
    path = join(path, segment);
    const known = await lstat(path).catch(() => undefined);
    if (segment !== ".." && !known?.isSymbolicLink()) continue;
    const reason = `${path} leads out of ${folder}, where results stay`;
    throw new KindlingError(
      "unwritable",
      `${output}: ${reason}. Replace the link by a folder, or choose another --out.`,
    );
  }
}
