import { KindlingError } from "@kindling/core";
import { stat } from "../photo/file-system.ts";

/**
 * Inputs that are parts of one name: a shell makes two of `my photo.jpg` without quotes. Gives for each such input the error
 * that says so, and nothing for all other inputs.
 *
 * @param isMissing whether nothing has the name of an input.
 */
export async function findUnquotedNames(
  inputs: readonly string[],
  isMissing: (input: string) => boolean,
): Promise<ReadonlyMap<string, KindlingError>> {
  const errors = new Map<string, KindlingError>();
  for (let first = 0; first < inputs.length; first++) {
    let last = first;
    while (last < inputs.length && isMissing(inputs[last] ?? "")) last++;
    for (let end = last; end > first + 1; end--) {
      const parts = inputs.slice(first, end);
      const name = parts.join(" ");
      const isThere = await stat(name).then(
        () => true,
        () => false,
      );
      if (!isThere) continue;
      for (const part of parts) {
        const message = `${part}: there is no such file, but there is "${name}". Quote names that have spaces.`;
        errors.set(part, new KindlingError("not-found", message));
      }
      break;
    }
  }
  return errors;
}
