import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** The real path of a file or folder, links resolved; of one that does not exist yet, that of its folder with its name. */
export async function identity(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await realpath(absolute);
  } catch {
    const above = dirname(absolute);
    return above === absolute ? absolute : join(await identity(above), basename(absolute));
  }
}
