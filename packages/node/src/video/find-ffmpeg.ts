import { access, constants } from "node:fs/promises";
import { basename, delimiter, dirname, join } from "node:path";
import { KindlingError } from "@kindling/core";

/** The programs that read and write videos. */
export interface Ffmpeg {
  readonly ffmpeg: string;
  readonly ffprobe: string;
}

const installLines: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "brew install ffmpeg",
  win32: "winget install Gyan.FFmpeg",
  linux:
    "sudo apt install ffmpeg (Debian, Ubuntu), sudo dnf install ffmpeg-free (Fedora), sudo pacman -S ffmpeg (Arch)",
};

const programEnding = process.platform === "win32" ? ".exe" : "";

/**
 * Finds ffmpeg and ffprobe.
 *
 * @param path of the program ffmpeg, or of the folder with both; on the PATH if not given.
 * @throws {KindlingError} `not-found`, with the line that installs them.
 */
export async function findFfmpeg(path?: string): Promise<Ffmpeg> {
  if (path !== undefined) {
    const folder = (await isProgram(join(path, `ffmpeg${programEnding}`))) ? path : dirname(path);
    const ffmpeg = folder === path ? join(folder, `ffmpeg${programEnding}`) : path;
    const ffprobe = join(folder, basename(ffmpeg).replace("ffmpeg", "ffprobe"));
    if ((await isProgram(ffmpeg)) && ffprobe !== ffmpeg && (await isProgram(ffprobe))) return { ffmpeg, ffprobe };
    throw new KindlingError(
      "not-found",
      `--ffmpeg ${path}: expected the program ffmpeg with ffprobe beside it, or the folder of both.`,
    );
  }
  const [ffmpeg, ffprobe] = [await onPath("ffmpeg"), await onPath("ffprobe")];
  if (ffmpeg && ffprobe) return { ffmpeg, ffprobe };
  const missing = ffmpeg ? "ffprobe" : "ffmpeg";
  const install = installLines[process.platform] ?? "see ffmpeg.org/download.html";
  throw new KindlingError(
    "not-found",
    `Videos need ffmpeg 5.1 or later: ${missing} is not on the PATH. Install it: ${install}; or name it with --ffmpeg.`,
  );
}

async function onPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter).filter(Boolean)) {
    const path = join(folder, name + programEnding);
    if (await isProgram(path)) return path;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
