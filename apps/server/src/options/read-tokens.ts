import { readFile } from "node:fs/promises";
import { KindlingError } from "@kindling/node";
import { tokensVariable } from "./read-environment.ts";

/** Fewer characters can be guessed. */
const leastCharacters = 16;

/**
 * Reads the bearer tokens of a file, one a line, and of the environment, separated by commas. Without any, the API is open.
 *
 * @throws {KindlingError} `unreadable`; `invalid-option` for a file without a token, or one that is too short. No message
 * holds a token.
 * @example
 * const tokens = await readTokens("tokens.txt", process.env);
 */
export async function readTokens(file: string | undefined, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const tokens = (environment[tokensVariable] ?? "").split(",");
  if (file !== undefined) {
    const text = await readFile(file, "utf8").catch((cause) => {
      throw new KindlingError("unreadable", `--token-file ${file}: it cannot be read.`, { cause });
    });
    const own = text.split("\n");
    if (!own.some((line) => line.trim())) {
      throw new KindlingError("invalid-option", `--token-file ${file}: expected a token a line; the file is empty.`);
    }
    tokens.push(...own);
  }
  const found = tokens.map((token) => token.trim()).filter(Boolean);
  if (found.some((token) => token.length < leastCharacters || /\s/.test(token))) {
    const place = file === undefined ? tokensVariable : `--token-file ${file} or ${tokensVariable}`;
    throw new KindlingError(
      "invalid-option",
      `${place}: expected tokens of at least ${leastCharacters} characters without spaces. Make one with: openssl rand -hex 32`,
    );
  }
  return found;
}
