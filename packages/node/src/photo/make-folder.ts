import { dirname } from "node:path";
import { mkdir, stat } from "./file-system.ts";

/** Makes a folder with those above it, and throws the reason of the system where that fails. */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    await tryOne(path, cause);
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (known) => known.isDirectory(),
    () => false,
  );
}

/** On a read-only disk, Node says of a tree of folders that it does not exist: one folder alone gives the reason. */
async function tryOne(path: string, cause: unknown): Promise<void> {
  const above = dirname(path);
  if (above === path) throw cause;
  if (!(await isFolder(above))) return tryOne(above, cause);
  await mkdir(path);
  // It can be made after all: what failed was another folder.
  throw cause;
}
