import { lstat, stat } from "./file-system.ts";

/** Checks whether there is a file or folder of that path that this process may look at. */
export function pathExists(path: string): Promise<boolean> {
  return succeeds(stat(path));
}

/** Checks whether a name is taken, even by a link that leads nowhere. */
export function isNameTaken(path: string): Promise<boolean> {
  return succeeds(lstat(path));
}

function succeeds(looking: Promise<unknown>): Promise<boolean> {
  return looking.then(
    () => true,
    () => false,
  );
}
