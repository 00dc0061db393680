import { KindlingError } from "@kindling/core";
import { BufferTarget, StreamTarget, type Target } from "mediabunny";
import { lockOfResult } from "./result-lock.ts";

/** Where a result is written. */
export interface ResultFile {
  readonly target: Target;
  /** The whole file, once its container is finished. */
  file(type: string): Promise<Blob>;
  /** Takes what was written away. */
  discard(): Promise<void>;
}

/** Folder of results in the storage of the page's origin. */
const folderName = "kindling-videos";

/**
 * Opens the file of a result: on the disk, in the storage of the page's origin, where the browser has it, else in memory.
 *
 * @param name is locked by the page for as long as it needs the file; files without a lock are those of pages that have ended,
 * and are taken away.
 */
export async function openResultFile(name: string): Promise<ResultFile> {
  const folder = await storageFolder().catch(() => undefined);
  if (!folder) return inMemory();
  await removeForgotten(folder, name);
  const handle = await folder.getFileHandle(name, { create: true });
  const writable = await handle.createWritable().catch(() => undefined);
  // Older Safari opens files of that storage, but writes no streams to them.
  if (!writable) return inMemory();
  const target = new StreamTarget(writable as unknown as ConstructorParameters<typeof StreamTarget>[0], {
    chunked: true,
  });
  return {
    target,
    file: async (type) => {
      const file = await handle.getFile();
      return file.slice(0, file.size, type);
    },
    async discard() {
      await writable.abort().catch(() => undefined);
      await folder.removeEntry(name).catch(() => undefined);
    },
  };
}

function inMemory(): ResultFile {
  const target = new BufferTarget();
  return {
    target,
    async file(type) {
      if (!target.buffer) throw new KindlingError("internal", "The video was not finished.");
      return new Blob([target.buffer], { type });
    },
    async discard() {},
  };
}

async function storageFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  const root = await navigator.storage?.getDirectory?.();
  return root?.getDirectoryHandle(folderName, { create: true });
}

async function removeForgotten(folder: FileSystemDirectoryHandle, own: string): Promise<void> {
  const names: string[] = [];
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
  for (const name of names) {
    if (name === own) continue;
    await navigator.locks.request(lockOfResult(name), { ifAvailable: true }, async (lock) => {
      if (lock) await folder.removeEntry(name).catch(() => undefined);
    });
  }
}
