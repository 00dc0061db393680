import { KindlingError } from "@kindling/core";
import { stat } from "./file-system.ts";
import { isNameTaken } from "./path-exists.ts";
import { requireRegular } from "./regular-file.ts";

/**
 * Checks that a file may be written at a path: nothing lies there, or `overwrite` allows to replace the file that does.
 *
 * @throws {KindlingError} `exists` for a file without `overwrite`; `not-a-photo` for a folder, a pipe, a socket or a device,
 * which is never replaced.
 */
export async function requireFree(path: string, overwrite: boolean): Promise<void> {
  if (!(await isNameTaken(path))) return;
  // A link that leads nowhere is a name that is taken, too.
  const known = await stat(path).catch(() => undefined);
  if (known) requireRegular(path, known);
  if (overwrite) return;
  throw new KindlingError("exists", `${path}: there is such a file. Choose another name, or allow it by --overwrite.`);
}
