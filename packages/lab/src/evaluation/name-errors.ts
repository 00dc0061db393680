import { KindlingError } from "@kindling/core";

/** Runs `work` on the picture of a file, and adds the file's name to its errors. */
export async function nameErrors<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KindlingError)) throw error;
    throw new KindlingError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}
