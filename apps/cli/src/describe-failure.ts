/** Describes why the standard output could not be written, on one line. */
export function describeOutputFailure({ code, message }: NodeJS.ErrnoException): string {
  const reason =
    code === "ENOSPC" || code === "EDQUOT"
      ? "its disk is full. Free some space and run the same command again"
      : message.split("\n", 1)[0];
  return `the standard output could not be written: ${reason}.`;
}

/**
 * Describes an error that no command foresaw, on one line. It imports nothing, because it must work where no file can be
 * opened any more.
 */
export function describeFailure(error: unknown): string {
  const { message, code } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error), code: "" };
  const [reason = ""] = message.split("\n", 1);
  if (code === "EMFILE" || code === "ENFILE" || /EMFILE|ENFILE/.test(message)) {
    return "too many files are open. Allow this shell more (ulimit -n 4096), or lower --jobs.";
  }
  if (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND" || code === "ERR_DLOPEN_FAILED") {
    return `a part of it cannot be loaded: ${reason}. Install it again (npm install), or allow more open files (ulimit -n 4096).`;
  }
  if (code === "ERR_WORKER_OUT_OF_MEMORY" || code === "ENOMEM") {
    return `not enough memory: ${reason}. Lower --jobs, or close other programs.`;
  }
  return `unexpected error: ${reason}. This should not happen: please report it (KINDLING_STACK=1 shows where).`;
}
