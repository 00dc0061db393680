import { join } from "node:path";
import { expect } from "vitest";
import { ffmpeg } from "./ffmpeg.ts";
import { jsonLines, outcomeOf, startKindling } from "./run-kindling.ts";

/** Shots of 150 and 80 frames, some of them left out, as variable frame rate; the light of the second changes. */
export function drawLongClip(folder: string): string {
  const clip = join(folder, "long.mp4");
  const shots = "testsrc2=s=96x64:r=30:d=5[a];mandelbrot=s=96x64:r=30,trim=end_frame=80[b];[a][b]concat";
  const picture = `${shots},lutrgb=r=val/6:g=val/6:b=val/6,select='not(between(mod(n,50),7,9))',format=yuv420p`;
  ffmpeg(
    ...["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=f=440:r=44100:d=7.6", "-fps_mode", "passthrough"],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-metadata", "title=A night", clip],
  );
  return clip;
}

/** Frames of the clip, and of its first shot: beyond those that a run keeps before it is killed. */
export const frames = { all: 215, first: 141 };

/** Starts the command and kills it without a warning once that many frames are done. */
export async function killAt(done: number, words: readonly string[]): Promise<void> {
  const child = startKindling([...words, "--json"]);
  const finished = outcomeOf(child);
  child.stdout?.on("data", (chunk) => {
    for (const line of jsonLines(String(chunk).replace(/[^\n]*$/, ""))) {
      if (line["event"] === "frames" && Number(line["frames"]) >= done) child.kill("SIGKILL");
    }
  });
  const { status, stdout } = await finished;
  expect(status).toBe(null);
  const told = jsonLines(stdout.replace(/[^\n]*$/, "")).filter(({ event }) => event === "frames");
  expect(told.at(-1)).toMatchObject({
    total: frames.all,
    framesPerSecond: expect.any(Number),
    secondsLeft: expect.any(Number),
  });
}

/** What a run with `--json` noticed. */
export const noticesOf = (stdout: string) => jsonLines(stdout).filter(({ event }) => event === "notice");
