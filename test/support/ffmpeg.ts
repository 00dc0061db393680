import { execFileSync } from "node:child_process";

/** Whether this machine has ffmpeg; tests of videos say that they skip without it. */
export const hasFfmpeg = isThere("ffmpeg") && isThere("ffprobe");

/** What is written behind the name of a test that needs ffmpeg. */
export const needsFfmpeg = hasFfmpeg ? "" : " (skipped: ffmpeg is not on the PATH)";

function isThere(program: string): boolean {
  try {
    execFileSync(program, ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Runs ffmpeg to its end. */
export function ffmpeg(...words: readonly string[]): void {
  execFileSync("ffmpeg", ["-hide_banner", "-v", "error", "-y", "-nostdin", ...words], { stdio: "inherit" });
}

/** Draws a dark clip of five frames of such a size, as `160x90`; the words before its path are of how it is stored. */
export function drawDarkClip(path: string, size: string, ...words: readonly string[]): void {
  ffmpeg("-f", "lavfi", "-i", `testsrc2=s=${size}:r=10:d=0.5,lutrgb=r=val/6:g=val/6:b=val/6`, ...words, path);
}

/** What ffprobe tells of a stream. */
export type Stream = Readonly<Record<string, string | number | undefined>> & {
  readonly tags?: Readonly<Record<string, string>>;
};

/** What ffprobe tells of a file: streams, tags, chapters, and the times of the frames of its picture. */
export function probe(path: string): {
  readonly streams: readonly Stream[];
  readonly format: { readonly duration: string; readonly tags?: Readonly<Record<string, string>> };
  readonly chapters: readonly object[];
  readonly times: readonly number[];
} {
  const words = ["-v", "error", "-show_streams", "-show_format", "-show_chapters", "-of", "json", path];
  const found = JSON.parse(execFileSync("ffprobe", words, { encoding: "utf8" }));
  const of = ["-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "csv=p=0", path];
  const times = execFileSync("ffprobe", of, { encoding: "utf8" }).trim().split("\n").map(Number.parseFloat);
  return { ...found, times: times.sort((a, b) => a - b) };
}

/** The bytes of a stream of a file as it is stored. */
export function streamHash(path: string, stream: string): string {
  const words = ["-v", "error", "-i", path, "-map", `0:${stream}`, "-c", "copy", "-f", "streamhash", "-"];
  return execFileSync("ffmpeg", words, { encoding: "utf8" }).trim();
}
