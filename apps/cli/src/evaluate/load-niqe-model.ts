import { readFile } from "node:fs/promises";
import { readNiqeModel } from "@kindling/lab";
import { type NiqeModel, readError } from "@kindling/node";

/**
 * Reads a NIQE model file.
 *
 * @throws {KindlingError} `not-found`, `unreadable` or `invalid-model`.
 */
export async function loadNiqeModel(file: string): Promise<NiqeModel> {
  const bytes = await readFile(file).catch((cause) => {
    throw readError(file, cause);
  });
  return readNiqeModel(bytes, file);
}
