import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { KindlingError } from "@kindling/core";

/** Lines of ffmpeg's that tell what failed, kept for the message. */
const mostErrors = 3;

/** A running ffmpeg, whose log is read while it runs. */
export interface FfmpegProcess {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Resolves when it has ended: whether it did what it should. */
  readonly ended: Promise<boolean>;
  /** Errors that it wrote, the last ones. */
  readonly errors: readonly string[];
  /** How many errors it wrote. */
  errorCount(): number;
  /** Ends it at once. */
  kill(): void;
}

/**
 * Starts ffmpeg in a process group of its own, so that Ctrl-C of a terminal reaches this program alone, which decides what
 * becomes of the result.
 *
 * @param onLine receives the lines of its log.
 */
export function startFfmpeg(
  program: string,
  words: readonly string[],
  onLine: (line: string) => void = () => undefined,
): FfmpegProcess {
  const child = spawn(program, ["-hide_banner", "-nostats", ...words], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  // What it failed at is in its log and its status.
  child.stdin.on("error", () => undefined);
  const errors: string[] = [];
  let count = 0;
  createInterface({ input: child.stderr }).on("line", (line) => {
    const error = /\[(?:error|fatal|panic)\] (.*)/.exec(line)?.[1];
    if (error) {
      count++;
      errors.push(error.trim());
      if (errors.length > mostErrors) errors.shift();
    }
    onLine(line);
  });
  const ended = new Promise<boolean>((resolve) => {
    child.on("error", (cause) => {
      errors.push(cause.message);
      resolve(false);
    });
    child.on("close", (status) => resolve(status === 0));
  });
  return { child, ended, errors, errorCount: () => count, kill: () => void child.kill("SIGKILL") };
}

/** The error of a video that ffmpeg could not decode. */
export function decodeError(path: string, errors: readonly string[]): KindlingError {
  return new KindlingError("damaged", `${path}: ffmpeg cannot decode it: ${reasonOf(errors)}. Check the file.`);
}

/** The error of a video that ffmpeg could not write. */
export function encodeError(path: string, errors: readonly string[]): KindlingError {
  const reason = reasonOf(errors);
  if (/No space left|Disk quota/i.test(reason)) {
    return new KindlingError("disk-full", `${path}: the disk is full. Free some space and run the same command again.`);
  }
  if (/Unknown encoder/i.test(reason)) {
    return new KindlingError(
      "unsupported",
      `${path}: this ffmpeg lacks the encoder (${reason}). Choose another --codec, or install a full ffmpeg.`,
    );
  }
  return new KindlingError(
    "unwritable",
    `${path}: ffmpeg cannot write it: ${reason}. Choose another --codec or ending.`,
  );
}

function reasonOf(errors: readonly string[]): string {
  return errors.length > 0 ? errors.join("; ").replace(/[.\s]+$/, "") : "it ended without a reason";
}
