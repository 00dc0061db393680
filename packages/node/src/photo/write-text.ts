import { commitFile, stageFile } from "./write-file.ts";

/**
 * Writes a text file whole or not at all, over an older one of that name.
 *
 * @throws {KindlingError} `unwritable` or `disk-full`.
 */
export async function writeText(path: string, text: string): Promise<void> {
  await commitFile(await stageFile(path, new TextEncoder().encode(text)));
}
