import { createHash } from "node:crypto";
import { dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { writeError } from "../photo/file-errors.ts";
import { appendFile, mkdir, readFile, stat } from "../photo/file-system.ts";
import type { PlannedPhoto } from "./batch-plan.ts";

/** Name of the file in the results' folder that records finished results. */
const journalName = ".kindling.jsonl";

const entrySchema = z.object({
  output: z.string(),
  outputBytes: z.number(),
  input: z.string(),
  inputBytes: z.number(),
  inputModifiedMs: z.number(),
  settings: z.string(),
});

type Entry = z.infer<typeof entrySchema>;

/**
 * Records which results are finished, so that a stopped run continues.
 *
 * A line is written once a result is flushed beside its final path, just before it moves there. So a result of the size
 * that its line names is complete even after a power failure; a result without a line was made by another program.
 */
export class Journal {
  readonly #folder: string;
  readonly #settings: string;
  readonly #entries: Map<string, Entry>;

  private constructor(folder: string, settings: string, entries: Map<string, Entry>) {
    this.#folder = folder;
    this.#settings = settings;
    this.#entries = entries;
  }

  /**
   * Opens the journal of a folder, which need not exist yet; skips lines that a crash cut short.
   *
   * @param settings everything that determines a result; a result made with other settings is made again.
   */
  static async open(folder: string, settings: object): Promise<Journal> {
    const text = await readFile(join(folder, journalName), "utf8").catch(() => "");
    const entries = new Map<string, Entry>();
    for (const line of text.split("\n")) {
      const entry = parseEntry(line);
      if (entry) entries.set(entry.output, entry);
    }
    return new Journal(
      folder,
      createHash("sha256").update(JSON.stringify(settings)).digest("hex").slice(0, 16),
      entries,
    );
  }

  /** Whether the result exists and was made from this file with the same settings. */
  async isFinished(photo: PlannedPhoto): Promise<boolean> {
    const known = this.#entries.get(this.#nameOf(photo.output));
    if (!known || known.settings !== this.#settings || !(await this.isOwnResult(photo.output))) return false;
    const { size, mtimeMs } = await stampOf(photo);
    return known.input === this.#nameOf(photo.input) && known.inputBytes === size && known.inputModifiedMs === mtimeMs;
  }

  /** Whether the file at `output` is the unchanged result of an earlier run. */
  async isOwnResult(output: string): Promise<boolean> {
    const known = this.#entries.get(this.#nameOf(output));
    const size = await stat(output).then(
      (file) => file.size,
      () => undefined,
    );
    return known !== undefined && known.outputBytes === size;
  }

  /**
   * Records that the result of a photo is staged beside its final path.
   *
   * @throws {KindlingError} `unwritable` or `disk-full`.
   */
  async note(photo: PlannedPhoto, outputBytes: number): Promise<void> {
    const path = join(this.#folder, journalName);
    try {
      const { size, mtimeMs } = await stampOf(photo);
      const entry: Entry = {
        output: this.#nameOf(photo.output),
        outputBytes,
        input: this.#nameOf(photo.input),
        inputBytes: size,
        inputModifiedMs: mtimeMs,
        settings: this.#settings,
      };
      await mkdir(dirname(path), { recursive: true });
      // The line break comes first, so that a line cut short by a crash does not spoil the next.
      await appendFile(path, `\n${JSON.stringify(entry)}`, { flush: true });
      this.#entries.set(entry.output, entry);
    } catch (cause) {
      throw writeError(path, cause);
    }
  }

  /** Paths are relative, so that the journal of a moved folder stays valid. */
  #nameOf(path: string): string {
    return relative(resolve(this.#folder), resolve(path));
  }
}

/** Size and time of change of the file that a result is made from. */
async function stampOf({ input, isDrawn }: PlannedPhoto): Promise<{ size: number; mtimeMs: number }> {
  return isDrawn ? { size: 0, mtimeMs: 0 } : stat(input);
}

function parseEntry(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
