import { stat } from "./file-system.ts";

/** Checks whether there is a file or folder of that path that this process may look at. */
export function pathExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
