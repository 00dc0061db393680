import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { KindlingError } from "@kindling/core";
import { readError } from "./file-errors.ts";
import { lstat, open, stat } from "./file-system.ts";

/** How a file is opened. */
interface OpenOptions {
  /** Flags of `fs.constants`; default read only. */
  readonly flags?: number;
  /** Whether links are followed; default true. */
  readonly followLinks?: boolean;
}

// Windows has neither flag.
const withoutBlocking = constants.O_NONBLOCK ?? 0;
const withoutLinks = constants.O_NOFOLLOW ?? 0;

/**
 * Opens a regular file. Pipes, sockets and devices are refused without waiting for them: opening one can block for ever.
 *
 * @throws {KindlingError} `not-a-photo` where it is something else; the system's errors are thrown as they come.
 */
export async function openRegularFile(path: string, options: OpenOptions = {}): Promise<FileHandle> {
  const { flags = constants.O_RDONLY, followLinks = true } = options;
  // Looked at first, because opening alone acts on some devices.
  const known = await (followLinks ? stat : lstat)(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT" && flags & constants.O_CREAT) return undefined;
    throw cause;
  });
  if (known) requireRegular(path, known);
  const file = await open(path, flags | withoutBlocking | (followLinks ? 0 : withoutLinks));
  try {
    requireRegular(path, await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Checks that what lies at a path is a regular file.
 *
 * @throws {KindlingError} `not-a-photo` where it is something else, which the message names.
 */
export function requireRegular(path: string, known: Stats): void {
  if (known.isFile()) return;
  const kind = known.isDirectory()
    ? "a folder"
    : known.isSymbolicLink()
      ? "a link, not a file"
      : known.isFIFO()
        ? "a pipe, not a file"
        : known.isSocket()
          ? "a socket, not a file"
          : "a device, not a file";
  throw new KindlingError("not-a-photo", `${path}: it is ${kind}.`);
}

/** What a file held when it was read, and how it was kept. */
export interface FileContent {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes. */
  readonly sha256: string;
  /** Permissions for owner, group and others, such as 0o644. */
  readonly mode: number;
  readonly modified: Date;
  readonly owner: { readonly user: number; readonly group: number };
}

/**
 * Reads a regular file whole.
 *
 * @throws {KindlingError} `not-found`, `unreadable`, or `not-a-photo` for what is no regular file.
 */
export async function readRegularFile(path: string): Promise<FileContent> {
  try {
    const file = await openRegularFile(path);
    try {
      const { mode, mtime, uid, gid } = await file.stat();
      const bytes = await file.readFile();
      return {
        bytes,
        sha256: sha256Of(bytes),
        mode: mode & 0o777,
        modified: mtime,
        owner: { user: uid, group: gid },
      };
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw readError(path, cause);
  }
}

/** The SHA-256 of bytes, in hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const chunkBytes = 2 ** 20;

/**
 * The SHA-256 of a regular file, read piece by piece.
 *
 * @throws {KindlingError} as `readRegularFile`.
 */
export async function sha256OfFile(path: string, { followLinks = true } = {}): Promise<string> {
  try {
    const file = await openRegularFile(path, { followLinks });
    try {
      const hash = createHash("sha256");
      const buffer = Buffer.alloc(chunkBytes);
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, chunkBytes);
        if (bytesRead === 0) return hash.digest("hex");
        hash.update(buffer.subarray(0, bytesRead));
      }
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw readError(path, cause);
  }
}
