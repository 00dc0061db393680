import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, relative, resolve, sep } from "node:path";
import { createInterface } from "node:readline";
import { KindlingError } from "@kindling/node";
import { identity, isWithin, readError } from "@kindling/node/internal";
import { findPlace } from "../places/find-place.ts";
import type { PlacedPhoto } from "../places/place.ts";
import { isS3, parseS3 } from "../places/s3-address.ts";

/** What is submitted. */
export interface Submitted {
  /** Folders, photos, and prefixes of buckets. */
  readonly inputs: readonly string[];
  /** A file that names photos, one a line; `-` is the standard input. */
  readonly list?: string | undefined;
  /** Folder or prefix below which photos of a list keep their path; default: the current folder. */
  readonly base?: string | undefined;
}

/**
 * Finds photos one after the other.
 *
 * @throws {KindlingError} `not-found`, `unreadable`; `invalid-option` for a line of a list that is not below `base`.
 */
export async function* findSubmitted({ inputs, list, base }: Submitted, out: string): AsyncGenerator<PlacedPhoto> {
  for (const input of inputs) {
    const path = isS3(input) ? input : resolve(input);
    const place = await findPlace(path);
    if (isS3(path) || (await isFolder(path))) yield* place.find(path, out);
    else yield { input: path, below: basename(path) };
  }
  if (list !== undefined) yield* readList(list, base ?? ".");
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw readError(path, cause);
  }
}

async function* readList(list: string, base: string): AsyncGenerator<PlacedPhoto> {
  const input = list === "-" ? process.stdin : createReadStream(list);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  // The lines end as if the file did, and do not tell why.
  let fault: unknown;
  input.once("error", (cause: unknown) => {
    fault = cause;
    lines.close();
  });
  const root = isS3(base) ? base.replace(/\/*$/, "/") : await identity(base);
  let number = 0;
  try {
    for await (const line of lines) {
      number++;
      if (line.trim() !== "") yield isS3(line) ? placeObject(line, root, number) : await placeFile(line, root, number);
    }
    if (fault !== undefined) throw fault;
  } catch (cause) {
    throw readError(list, cause);
  }
}

function placeObject(line: string, root: string, number: number): PlacedPhoto {
  parseS3(line);
  if (line.startsWith(root)) return { input: line, below: line.slice(root.length) };
  throw outsideError(line, root, number);
}

async function placeFile(line: string, root: string, number: number): Promise<PlacedPhoto> {
  const path = resolve(isS3(root) ? "." : root, line);
  const real = await identity(path);
  if (!isS3(root) && isWithin(real, root)) return { input: path, below: relative(root, real).split(sep).join("/") };
  throw outsideError(line, root, number);
}

function outsideError(line: string, root: string, number: number): KindlingError {
  const reason = `expected a photo below ${root}; got ${line}. Give the folder that all photos are below as --base`;
  return new KindlingError("invalid-option", `--list, line ${number}: ${reason}.`);
}
