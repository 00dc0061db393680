import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { writeError } from "@kindling/node";
import { z } from "zod";
import type { PlannedPhoto } from "./batch-plan.ts";

/** Name of the file in the results' folder that remembers what is done. */
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
 * Remembers which results are finished, so that a stopped run continues where it was.
 *
 * A line is written when a result lies flushed beside its final place, just before it is moved there. So a line whose
 * result has the size it names is finished, wherever the power went; and a result without a line is not ours to replace.
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
   * Opens the journal of a folder, which need not exist yet; lines that a crash left half are passed over.
   *
   * @param settings everything that decides what a result looks like; a result made with others is made anew.
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

  /** Whether the result is there, made from this very file with these very settings. */
  async isFinished(photo: PlannedPhoto): Promise<boolean> {
    const known = this.#entries.get(this.#nameOf(photo.output));
    if (!known || known.settings !== this.#settings || !(await this.isOwnResult(photo.output))) return false;
    const { size, mtimeMs } = await stat(photo.input);
    return known.input === this.#nameOf(photo.input) && known.inputBytes === size && known.inputModifiedMs === mtimeMs;
  }

  /** Whether the file at `output` is a result of an earlier run, as that run left it. */
  async isOwnResult(output: string): Promise<boolean> {
    const known = this.#entries.get(this.#nameOf(output));
    const size = await stat(output).then(
      (file) => file.size,
      () => undefined,
    );
    return known !== undefined && known.outputBytes === size;
  }

  /**
   * Notes that the result of a photo lies beside its final place.
   *
   * @throws {KindlingError} `unwritable` or `disk-full`.
   */
  async note(photo: PlannedPhoto, outputBytes: number): Promise<void> {
    const path = join(this.#folder, journalName);
    try {
      const { size, mtimeMs } = await stat(photo.input);
      const entry: Entry = {
        output: this.#nameOf(photo.output),
        outputBytes,
        input: this.#nameOf(photo.input),
        inputBytes: size,
        inputModifiedMs: mtimeMs,
        settings: this.#settings,
      };
      await mkdir(dirname(path), { recursive: true });
      // The line break comes first: what a crash cut short is then a line of its own.
      await appendFile(path, `\n${JSON.stringify(entry)}`, { flush: true });
      this.#entries.set(entry.output, entry);
    } catch (cause) {
      throw writeError(path, cause);
    }
  }

  /** Paths are kept relative, so that a moved folder of results keeps its memory. */
  #nameOf(path: string): string {
    return relative(resolve(this.#folder), resolve(path));
  }
}

function parseEntry(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
