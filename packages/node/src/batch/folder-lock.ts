import { randomUUID } from "node:crypto";
import { readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KindlingError } from "@kindling/core";
import { z } from "zod";
import { codeOfSystem } from "../photo/file-errors.ts";
import { open, readFile, rm, rmdir, stat, utimes } from "../photo/file-system.ts";
import { isRunning } from "../photo/is-running.ts";
import { makeFolder } from "../photo/make-folder.ts";
import { openRegularFile } from "../photo/regular-file.ts";

/** Name of the file by which a run holds the results' folder. */
const lockName = ".kindling.lock";

const pollMs = 200;
/** Time between signs of life of a holder: changes of the lock's time. */
const beatMs = 5_000;
/** A holder in another place that gives no sign of life for so long is gone. */
const silentMs = 60_000;
/** A lock without a holder's name, or the right to remove one, that is unchanged for so long was left by a crash. */
const unfinishedMs = 3_000;

const holderSchema = z.object({
  /** The machine, and where the system has them the space in which the process number counts. */
  place: z.string(),
  process: z.int().positive(),
  /** When the process began, where the system tells: numbers of processes are used again. */
  began: z.string().optional(),
  // Names a file: nothing else than its own may be meant by it.
  id: z.uuid(),
});

type Holder = z.infer<typeof holderSchema>;

/** Stands for the holder of a lock whose text is not written yet, or never was. */
const unknownHolder: Holder = { place: "", process: 0, id: "unknown" };

/**
 * Holds a folder for one run: of two runs into it the second waits for the first. The lock of a killed run is taken over.
 *
 * @param onWait called once if another run holds the folder, with the number of its process.
 * @returns a function that lets the folder go; undefined if the signal was raised before the folder was free.
 * @throws {KindlingError} `not-a-photo` where the lock's name is taken by something else than a file.
 */
export async function holdFolder(
  folder: string,
  signal: AbortSignal,
  onWait: (processId: number) => void,
): Promise<(() => Promise<void>) | undefined> {
  const path = join(folder, lockName);
  const began = await beginOf(process.pid);
  const own: Holder = { place: await placeOfProcess(), process: process.pid, began, id: randomUUID() };
  const isMade = await makeFolder(folder).catch(() => false);
  const watch = new Watch();
  let isTold = false;
  while (!signal.aborted) {
    const taken = await take(path, own);
    // Each photo reports why the folder cannot be written to.
    if (taken === "impossible") return async () => undefined;
    if (taken === "yes") return keep(path, own, isMade ? folder : undefined);
    const holder = await readHolder(path);
    if (holder && (await isGone(path, holder, own.place, watch)) && (await takeAway(path, holder, watch))) continue;
    if (holder && holder !== unknownHolder && !isTold) {
      isTold = true;
      onWait(holder.process);
    }
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

async function take(path: string, own: Holder): Promise<"yes" | "no" | "impossible"> {
  try {
    const file = await open(path, "wx");
    try {
      await file.writeFile(JSON.stringify(own));
    } finally {
      await file.close();
    }
    return "yes";
  } catch (error) {
    return codeOfSystem(error) === "EEXIST" ? "no" : "impossible";
  }
}

/** Gives signs of life until the returned function lets the lock go, and removes a folder made for nothing. */
function keep(path: string, own: Holder, madeFolder: string | undefined): () => Promise<void> {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, beatMs);
  beat.unref();
  return async () => {
    clearInterval(beat);
    const holder = await readHolder(path).catch(() => undefined);
    if (holder?.id === own.id) await rm(path, { force: true }).catch(() => undefined);
    if (madeFolder !== undefined) await rmdir(madeFolder).catch(() => undefined);
  };
}

/** Reads who holds a lock; undefined if nobody does by now. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const file = await openRegularFile(path, { followLinks: false });
    try {
      return holderSchema.parse(JSON.parse(await file.readFile("utf8")));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof KindlingError) throw error;
    return codeOfSystem(error) === "ENOENT" ? undefined : unknownHolder;
  }
}

/** Whether the holder of a lock no longer runs. */
async function isGone(path: string, holder: Holder, ownPlace: string, watch: Watch): Promise<boolean> {
  if (holder === unknownHolder) return watch.isUnchanged(path, unfinishedMs);
  if (holder.place !== ownPlace) return watch.isUnchanged(path, silentMs);
  return !isRunning(holder.process) || holder.began !== (await beginOf(holder.process));
}

/**
 * Removes the lock of a holder that is gone. The right to do so is a file of its own, bound to that holder: of two runs
 * that wait, the slower one must not remove the lock that the faster one has taken since.
 */
async function takeAway(path: string, holder: Holder, watch: Watch): Promise<boolean> {
  const right = `${path}.${holder.id}`;
  try {
    await (await open(right, "wx")).close();
  } catch {
    if (await watch.isUnchanged(right, unfinishedMs)) await rm(right, { force: true }).catch(() => undefined);
    return false;
  }
  try {
    if ((await readHolder(path))?.id === holder.id) await rm(path, { force: true });
    return true;
  } catch {
    return false;
  } finally {
    await rm(right, { force: true }).catch(() => undefined);
  }
}

/** Watches files for changes of their times, by this process's own clock: those of other machines differ. */
class Watch {
  readonly #seen = new Map<string, { readonly state: string; readonly at: number }>();

  /** Whether a file has not changed for so long since it was first looked at. */
  async isUnchanged(path: string, ms: number): Promise<boolean> {
    const state = await stat(path).then(
      ({ mtimeMs, ino }) => `${mtimeMs} ${ino}`,
      () => "gone",
    );
    const seen = this.#seen.get(path);
    if (seen?.state === state) return performance.now() - seen.at >= ms;
    this.#seen.set(path, { state, at: performance.now() });
    return false;
  }
}

async function placeOfProcess(): Promise<string> {
  // Containers number their processes anew.
  const space = await readlink("/proc/self/ns/pid").catch(() => "");
  return `${hostname()} ${space}`.trim();
}

/** When a process began, in ticks since the machine started; undefined where the system does not tell. */
async function beginOf(processId: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${processId}/stat`, "utf8").catch(() => undefined);
  // The second field is the program's name in brackets, which may hold anything; the begin is the 22nd.
  return text?.slice(text.lastIndexOf(")") + 2).split(" ")[19];
}
