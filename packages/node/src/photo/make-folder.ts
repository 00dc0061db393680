import { dirname } from "node:path";
import { codeOfSystem } from "./file-errors.ts";
import { mkdir, stat } from "./file-system.ts";

/**
 * Makes a folder with those above it, one by one: Node's own way of making them all never ends in `/proc`, and says of a
 * read-only disk that the folder does not exist.
 *
 * @returns whether the folder is new.
 * @throws the system's error, such as `EACCES` or `EROFS`.
 */
export async function makeFolder(path: string): Promise<boolean> {
  const found = await lookAt(path);
  if (found === "folder") return false;
  if (found === "nothing" && (await lookAt(dirname(path))) === "nothing") await makeFolder(dirname(path));
  try {
    await mkdir(path);
    return true;
  } catch (cause) {
    // Another process may have made it since.
    if ((await lookAt(path)) === "folder") return false;
    throw cause;
  }
}

async function lookAt(path: string): Promise<"folder" | "nothing" | "other"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "other";
  } catch (cause) {
    return codeOfSystem(cause) === "ENOENT" ? "nothing" : "other";
  }
}
