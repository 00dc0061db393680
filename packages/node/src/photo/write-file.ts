import { randomUUID } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeError } from "./file-errors.ts";
import { open, readdir, rename, rm } from "./file-system.ts";
import { isRunning } from "./is-running.ts";
import { makeFolder } from "./make-folder.ts";
import { pathOfBytes, rawPath } from "./raw-path.ts";

/** Ending of a file that is still being written, behind the number of the process that writes it. */
const partialFileEnding = ".kindling-part";

/** Disks allow 255 bytes or, encrypted, 143. */
const longestNameBytes = 143;

/** A file fully written and flushed beside its final place, under a name of its own. */
export interface StagedFile {
  readonly partial: string;
  readonly path: string;
}

/** What a written file has besides its content; what is not given is left to the system. */
export interface FileAttributes {
  /** Permissions for owner, group and others, whatever the umask. */
  readonly mode?: number | undefined;
  readonly modified?: Date | undefined;
  /** Set where this process may do so. */
  readonly owner?: { readonly user: number; readonly group: number } | undefined;
}

/**
 * Writes a file beside its final place and flushes it to the disk; missing folders are made.
 * Until `commitFile` nothing of the final name changes, so a crash never leaves half a file.
 *
 * @throws {KindlingError} `unwritable` or `disk-full`; what was written so far is removed.
 */
export async function stageFile(path: string, bytes: Uint8Array, attributes: FileAttributes = {}): Promise<StagedFile> {
  return stageBy(path, attributes, (_, file) => file.writeFile(bytes));
}

/**
 * Stages a file as `stageFile` does, whose content `write` puts into it: by the open file, or by the name of the partial one.
 *
 * @throws {KindlingError} `unwritable` or `disk-full`; what `write` throws. What was written so far is removed.
 */
export async function stageBy(
  path: string,
  { mode, modified, owner }: FileAttributes,
  write: (partial: string, file: FileHandle) => Promise<void>,
): Promise<StagedFile> {
  const staged = { partial: join(dirname(path), partialName(basename(path))), path };
  try {
    await makeFolder(dirname(path));
    // Nobody else may read what is to be private while it is written.
    const file = await open(staged.partial, "wx", mode === undefined ? 0o666 : 0o600);
    try {
      await write(staged.partial, file);
      if (owner) await file.chown(owner.user, owner.group).catch(() => undefined);
      // A disk without permissions, such as that of a camera, may refuse.
      if (mode !== undefined) await file.chmod(mode).catch(() => undefined);
      if (modified) await file.utimes(modified, modified);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    await discardFile(staged);
    throw writeError(path, cause);
  }
  return staged;
}

/** A name beside a file's own, of which it keeps what disks with names of 143 bytes have room for. */
function partialName(name: string): string {
  const ending = `.${randomUUID().slice(0, 8)}.${process.pid}${partialFileEnding}`;
  let bytes = Buffer.from(rawPath(name)).subarray(0, longestNameBytes - 1 - ending.length);
  // Not within a character: its bytes behind the first begin with the bits 10.
  while (bytes.length > 0 && pathOfBytes(bytes) !== name.slice(0, pathOfBytes(bytes).length))
    bytes = bytes.subarray(0, -1);
  return `.${pathOfBytes(bytes)}${ending}`;
}

/**
 * Moves a staged file to its final place in one step, over an older file of that name.
 *
 * @throws {KindlingError} `unwritable`; the staged file is removed.
 */
export async function commitFile(staged: StagedFile): Promise<void> {
  try {
    await rename(staged.partial, staged.path);
  } catch (cause) {
    await discardFile(staged);
    throw writeError(staged.path, cause);
  }
}

/** Removes a staged file. A failure here is ignored, because only the failure before it is worth reporting. */
export async function discardFile({ partial }: StagedFile): Promise<void> {
  await rm(partial, { force: true }).catch(() => undefined);
}

/** Removes the half-written files that killed processes left in a folder; those of running processes stay. */
export async function removeAbandonedFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.endsWith(partialFileEnding)) continue;
    const owner = /\.(\d+)$/.exec(name.slice(0, -partialFileEnding.length))?.[1];
    if (owner !== undefined && !isRunning(Number(owner)))
      await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

/**
 * Removes what dead processes of any machine left half written of one file. Only for a caller who alone may write that
 * file: what another still writes is removed too, so that its `commitFile` fails.
 */
export async function removePartsOf(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder).catch(() => [])) {
    const stem = /^\.(.+)\.[0-9a-f]{8}\.\d+\.kindling-part$/s.exec(name)?.[1];
    // Long names are cut in the name of their part.
    if (stem !== undefined && (stem === basename(path) || (stem.length > 60 && basename(path).startsWith(stem))))
      await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}
