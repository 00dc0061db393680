import { type ErrorCode, KindlingError } from "@kindling/core";

/** The meaning of the operating system's error codes, and the remedy. */
const readRefusals: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ["not-found", "there is no such file. Check the path."],
  ENOTDIR: ["not-found", "a part of its path is not a folder. Check the path."],
  EACCES: ["unreadable", "no permission to read it. Change its permissions or run as its owner."],
  EPERM: ["unreadable", "no permission to read it. Change its permissions or run as its owner."],
  EISDIR: ["not-a-photo", "it is a folder."],
  ELOOP: ["unreadable", "its links lead in a circle."],
  EMFILE: ["unreadable", "too many files are open. Lower --jobs, or allow more (ulimit -n)."],
  ENAMETOOLONG: ["unreadable", "its name is too long for this disk. Check the path."],
};

const writeRefusals: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ["disk-full", "the disk is full. Free some space and run the same command again."],
  EDQUOT: ["disk-full", "your disk quota is used up. Free some space and run the same command again."],
  EFBIG: ["disk-full", "the file would exceed the size allowed here."],
  EACCES: ["unwritable", "no permission to write there. Choose another --out or change its permissions."],
  EPERM: ["unwritable", "no permission to write there. Choose another --out or change its permissions."],
  EROFS: ["unwritable", "that disk is read-only. Choose another --out."],
  ENOTDIR: ["unwritable", "a part of its path is a file, not a folder. Choose another --out."],
  EEXIST: ["unwritable", "a part of its path is a file, not a folder. Choose another --out."],
  EISDIR: ["unwritable", "a folder of that name is in the way. Choose another --out."],
  ENOENT: ["unwritable", "its folder is gone, or cannot be made there. Choose another --out."],
  EMFILE: ["unwritable", "too many files are open. Lower --jobs, or allow more (ulimit -n)."],
  ENAMETOOLONG: ["unwritable", "its name is too long for this disk. Choose another --out."],
};

/** Explains a failed read in plain words; returns errors of Kindling unchanged. */
export function readError(path: string, cause: unknown): KindlingError {
  return explainError(path, cause, "could not be read", readRefusals, "unreadable");
}

/** Explains a failed write in plain words; returns errors of Kindling unchanged. */
export function writeError(path: string, cause: unknown): KindlingError {
  return explainError(path, cause, "could not be written", writeRefusals, "unwritable");
}

function explainError(
  path: string,
  cause: unknown,
  what: string,
  refusals: Readonly<Record<string, readonly [ErrorCode, string]>>,
  otherwise: ErrorCode,
): KindlingError {
  if (cause instanceof KindlingError) return cause;
  const code = codeOfSystem(cause);
  const known = code === undefined ? undefined : refusals[code];
  if (known) return new KindlingError(known[0], `${path}: ${known[1]}`, { cause });
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new KindlingError(otherwise, `${path}: ${what}: ${reason}`, { cause });
}

/** The operating system's code of an error, such as `ENOENT`; undefined for other errors. */
export function codeOfSystem(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
