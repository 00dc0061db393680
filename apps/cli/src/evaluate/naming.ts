import { KindlingError } from "@kindling/node";

/** Runs `work` on a file's picture; errors, which know the picture only, are given the file's name. */
export async function naming<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KindlingError)) throw error;
    throw new KindlingError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}
