import { basename, dirname, join, resolve, sep } from "node:path";
import { realpath } from "../photo/file-system.ts";

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

/** Whether a real path is that of a folder or of something in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
