import type { Dirent } from "node:fs";
import * as files from "node:fs/promises";
import { pathOfBytes, rawPath } from "./raw-path.ts";

/** Functions of `node:fs/promises` for every name there can be: those that are not UTF-8 are paths of `pathOfBytes`. */
export const lstat = onRawPath(files.lstat);
export const mkdir = onRawPath(files.mkdir);
export const open = onRawPath(files.open);
export const readFile = onRawPath(files.readFile);
export const rm = onRawPath(files.rm);
export const rmdir = onRawPath(files.rmdir);
export const stat = onRawPath(files.stat);
export const utimes = onRawPath(files.utimes);

/** Renames a file, as `rename` of `node:fs/promises`. */
export function rename(from: string, to: string): Promise<void> {
  return files.rename(rawPath(from), rawPath(to));
}

/** Resolves all links of a path, as `realpath` of `node:fs/promises`. */
export async function realpath(path: string): Promise<string> {
  return pathOfBytes(await files.realpath(rawPath(path), { encoding: "buffer" }));
}

/** The names in a folder. */
export async function readdir(folder: string): Promise<string[]>;
/** The entries of a folder. */
export async function readdir(folder: string, options: { readonly withFileTypes: true }): Promise<Dirent[]>;
export async function readdir(
  folder: string,
  options?: { readonly withFileTypes: true },
): Promise<(string | Dirent)[]> {
  if (!options) return (await files.readdir(rawPath(folder), { encoding: "buffer" })).map(pathOfBytes);
  const entries = await files.readdir(rawPath(folder), { encoding: "buffer", withFileTypes: true });
  return entries.map((entry) => Object.assign(entry, { name: pathOfBytes(entry.name) }) as Dirent);
}

function onRawPath<Call extends (path: never, ...rest: never[]) => unknown>(call: Call): Call {
  const onAny = call as unknown as (path: unknown, ...rest: unknown[]) => unknown;
  return ((path: unknown, ...rest: unknown[]) =>
    onAny(typeof path === "string" ? rawPath(path) : path, ...rest)) as unknown as Call;
}
