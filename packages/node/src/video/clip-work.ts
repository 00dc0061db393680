import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { z } from "zod";
import { open, readFile, rm } from "../photo/file-system.ts";
import { isRunning } from "../photo/is-running.ts";
import { makeFolder } from "../photo/make-folder.ts";
import type { TallyState } from "./clip-tally.ts";

/** What a segment of a clip holds: frames from a key frame on, encoded, without sound. */
export interface ClipSegment {
  readonly path: string;
  /** Time of its first frame in the clip, in microseconds. */
  readonly start: number;
}

const tallySchema = z.object({
  frames: z.number().int().positive(),
  seconds: z.number(),
  shots: z.number(),
  logLight: z.number(),
  before: z.number(),
  after: z.number(),
  measured: z.number(),
}) satisfies z.ZodType<TallyState>;

const headSchema = z.object({ key: z.string() });
const lineSchema = z.object({ name: z.string(), start: z.number(), tally: tallySchema });

const listName = "segments.jsonl";

/** Names the process and machine that work in the folder. */
const ownerName = "owner";

/**
 * The folder of a clip in work: its finished segments and a list of them. A run that was killed leaves it, and the next one
 * with the same key goes on behind the last segment of the list.
 */
export class ClipWorkFolder {
  readonly #folder: string;
  readonly #segments: ClipSegment[] = [];
  #tally: TallyState | undefined;
  #next: string | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Opens the folder; what another clip or other settings left there is removed. Gives none while another run works there.
   *
   * @param key hash of everything that determines the encoded frames.
   * @throws the system's reason where the folder cannot be made.
   */
  static async open(folder: string, key: string): Promise<ClipWorkFolder | undefined> {
    const work = new ClipWorkFolder(folder);
    if (await isTaken(join(folder, ownerName))) return undefined;
    const isKnown = await work.#read(key);
    if (!isKnown) await work.remove();
    await makeFolder(folder);
    await work.write(ownerName, `${process.pid} ${hostname()}`);
    if (!isKnown) await work.#append({ key });
    return work;
  }

  /** Finished segments, in their order. */
  get segments(): readonly ClipSegment[] {
    return this.#segments;
  }

  /** What is known of the frames of the finished segments; undefined before the first. */
  get tally(): TallyState | undefined {
    return this.#tally;
  }

  /** Path of the segment that comes next: one of its own, as the encoder of a killed run may still be writing to its last. */
  nextPath(): string {
    this.#next ??= `${nameOf(this.#segments.length)}-${randomUUID().slice(0, 8)}`;
    return join(this.#folder, this.#next);
  }

  /** Writes a file beside the segments, and gives its path. */
  async write(name: string, text: string): Promise<string> {
    const path = join(this.#folder, name);
    const file = await open(path, "w");
    await file.writeFile(text);
    await file.close();
    return path;
  }

  /** Records that the next segment is whole: flushed to the disk before it is listed. */
  async note(start: number, tally: TallyState): Promise<void> {
    const path = this.nextPath();
    const file = await open(path, "r+");
    await file.sync();
    await file.close();
    await this.#append({ name: basename(path), start, tally });
    this.#next = undefined;
    this.#segments.push({ path, start });
    this.#tally = tally;
  }

  /** Removes the folder. */
  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #append(line: object): Promise<void> {
    const file = await open(join(this.#folder, listName), "a");
    await file.appendFile(`${JSON.stringify(line)}\n`);
    await file.sync();
    await file.close();
  }

  async #read(key: string): Promise<boolean> {
    const text = await readFile(join(this.#folder, listName), "utf8").catch(() => "");
    const [head, ...lines] = text.split("\n").map(parse);
    if (headSchema.safeParse(head).data?.key !== key) return false;
    for (const line of lines) {
      const { data } = lineSchema.safeParse(line);
      // A line that a crash cut short is the last.
      if (!data?.name.startsWith(nameOf(this.#segments.length))) break;
      this.#segments.push({ path: join(this.#folder, data.name), start: data.start });
      this.#tally = data.tally;
    }
    return true;
  }
}

async function isTaken(owner: string): Promise<boolean> {
  const [id, machine] = (await readFile(owner, "utf8").catch(() => "")).split(" ");
  // What another machine does cannot be seen from here.
  return id !== undefined && id !== "" && (machine !== hostname() || isRunning(Number(id)));
}

function nameOf(segment: number): string {
  return String(segment).padStart(5, "0");
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
