import { appendFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunStore } from "@kindling/lab";
import { readError, writeError } from "../../photo/file-errors.ts";
import { commitFile, removeAbandonedFiles, stageFile } from "../../photo/write-file.ts";

/**
 * Opens a folder as the store of a run. The first written file creates it; until then nothing on the disk changes.
 *
 * @example
 * import { train } from "@kindling/lab";
 * const store = openRunFolder("runs/first");
 * await train(plan, { store, photos: diskPhotos, runtime });
 */
export function openRunFolder(folder: string): RunStore {
  const locate = (name: string) => join(folder, name);
  return {
    place: folder,
    locate,
    async read(name) {
      try {
        return await readFile(locate(name));
      } catch (cause) {
        const error = readError(locate(name), cause);
        if (error.code === "not-found") return undefined;
        throw error;
      }
    },
    list: (name) => readdir(locate(name)).catch(() => []),
    async write(name, content) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await commitFile(await stageFile(locate(name), bytes));
    },
    append: (name, text) =>
      appendFile(locate(name), text).catch((cause) => {
        throw writeError(locate(name), cause);
      }),
    removeAbandoned: () => removeAbandonedFiles(folder),
  };
}
