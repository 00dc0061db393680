import { opendir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { KindlingError } from "@kindling/node";
import {
  commitFile,
  type FinishedFile,
  identity,
  isPhotoName,
  isWithin,
  readError,
  removePartsOf,
  requireInside,
  sha256OfFile,
} from "@kindling/node/internal";
import type { Place, PlacedPhoto } from "./place.ts";

/** A folder that every machine has under the same path. Links to folders are not followed. */
export const sharedFolder: Place = {
  join: (folder, below) => join(folder, ...below.split("/").filter((part) => part !== "..")),
  find: findIn,
  fetch: async (input) => {
    // The kind of error of a machine without the folder is told apart: no fault of the photo.
    const folder = dirname(input);
    if (await isThere(folder)) return input;
    throw new KindlingError("not-found", `${input}: this machine has no folder ${folder}. Mount it under that path.`);
  },
  stagingPath: (output) => output,
  sha256At: async (path) => ((await isThere(path)) ? sha256OfFile(path, { followLinks: false }) : undefined),
  requireOwnPlace: async (input, output, folder) => {
    await requireInside(folder, output);
    if ((await identity(input)) !== (await identity(output))) return;
    const reason = "its result would replace it. A fleet writes results into another folder: choose another --out";
    throw new KindlingError("exists", `${input}: ${reason}.`);
  },
  clear: removePartsOf,
  deliver: ({ staged }: FinishedFile) => commitFile(staged),
};

/** Folders are read piece by piece and entered at once: what is kept in memory are the open folders on the way down. */
async function* findIn(top: string, leftOut: string): AsyncGenerator<PlacedPhoto> {
  const root = resolve(top);
  const out = await identity(leftOut);
  const isOutAbove = isWithin(await identity(root), out);
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    try {
      for await (const entry of await opendir(folder)) {
        if (entry.name.startsWith(".")) continue;
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (isOutAbove || !isWithin(await identity(path), out)) pending.push(path);
        } else if (isPhotoName(entry.name)) {
          yield { input: path, below: relative(root, path).split(sep).join("/") };
        }
      }
    } catch (cause) {
      throw readError(folder, cause);
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT" || cause.code === "ENOTDIR") return false;
      throw readError(path, cause);
    },
  );
}
