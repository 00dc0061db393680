import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ffmpeg, hasFfmpeg, needsFfmpeg, probe, streamHash } from "../support/ffmpeg.ts";
import { jsonLines, outcomeOf, runKindling, scratchFolder, startKindling } from "../support/run-kindling.ts";

/** Shots of 150 and 80 frames, some of them left out, as variable frame rate; the light of the second changes. */
function drawClip(folder: string): string {
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
const frames = { all: 215, first: 141 };

/** Starts the command and kills it without a warning once that many frames are done. */
async function killAt(done: number, words: readonly string[]): Promise<void> {
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

const noticesOf = (stdout: string) => jsonLines(stdout).filter(({ event }) => event === "notice");

describe.skipIf(!hasFfmpeg)(`videos of killed runs${needsFfmpeg}`, () => {
  test("a killed run goes on at a key frame, and its result is that of a run that was not disturbed", async () => {
    const folder = scratchFolder();
    const clip = drawClip(folder);
    const [whole, killed] = [join(scratchFolder(), "bright.mp4"), join(scratchFolder(), "bright.mp4")];
    const wordsOf = (out: string) => ["enhance", clip, "-o", out, "-m", "gamma"];
    expect((await runKindling(wordsOf(whole))).status).toBe(0);
    await killAt(130, wordsOf(killed));
    const left = readdirSync(join(killed, ".."));
    expect(left).not.toContain("bright.mp4");
    expect(left).toContain(".bright.mp4.kindling-work");
    const resumed = await runKindling([...wordsOf(killed), "--json"]);
    expect(resumed.status).toBe(0);
    expect(noticesOf(resumed.stdout)).toMatchObject([{ message: "an interrupted run goes on at frame 121" }]);
    expect(readdirSync(join(killed, ".."))).toEqual(["bright.mp4"]);

    const [source, one, other] = [probe(clip), probe(whole), probe(killed)];
    expect(other.times).toEqual(source.times);
    expect(other.times.length).toBe(frames.all);
    expect(one.times).toEqual(source.times);
    expect(other.format.duration).toBe(one.format.duration);
    expect(other.format.tags?.["title"]).toBe("A night");
    expect(streamHash(killed, "a:0")).toBe(streamHash(clip, "a:0"));
    const figures = (stdout: string) => jsonLines(stdout).find(({ event }) => event === "enhanced");
    expect(figures(resumed.stdout)).toMatchObject({ frames: frames.all, shots: 2 });
    // Frames of the killed run are the same bytes; those behind it have the light of the whole run.
    const pixels = (path: string) => {
      const raw = join(folder, "frames.gray");
      ffmpeg("-i", path, "-pix_fmt", "gray", "-f", "rawvideo", raw);
      return readFileSync(raw);
    };
    const [a, b] = [pixels(whole), pixels(killed)];
    const difference = (from: number, to: number) => {
      const [here, there] = [a, b].map((bytes) => bytes.subarray(from * 96 * 64, to * 96 * 64));
      return here.reduce((sum, value, i) => sum + Math.abs(value - there[i]), 0) / here.length;
    };
    const brightness = (bytes: Buffer, from: number, to: number) => {
      const shown = bytes.subarray(from * 96 * 64, to * 96 * 64);
      return shown.reduce((sum, value) => sum + value, 0) / shown.length;
    };
    expect(difference(0, 120)).toBe(0);
    // What is known of the noise is learnt anew, so grain differs; the light does not.
    for (const [from, to] of [
      [120, frames.first],
      [frames.first, frames.all],
    ] as const) {
      expect(Math.abs(brightness(a, from, to) - brightness(b, from, to))).toBeLessThan(0.2);
    }
  }, 240_000);

  test("with other settings or a changed clip it begins anew, and Ctrl-C leaves nothing of it", async () => {
    const folder = scratchFolder();
    const clip = drawClip(folder);
    const out = join(scratchFolder(), "bright.mkv");
    const words = ["enhance", clip, "-o", out, "-m", "gamma"];
    const stopAtFirst = async (more: readonly string[]) => {
      const child = startKindling([...words, ...more, "--json"]);
      const finished = outcomeOf(child);
      child.stdout?.on("data", (chunk) => String(chunk).includes('"frames"') && child.kill("SIGINT"));
      const { stdout, status } = await finished;
      expect(status).toBe(130);
      expect(readdirSync(join(out, ".."))).toEqual([]);
      return noticesOf(stdout);
    };
    await killAt(130, words);
    expect(await stopAtFirst(["--light", "3"])).toEqual([]);
    await killAt(130, words);
    ffmpeg("-i", clip, "-c", "copy", "-metadata", "title=Another", join(folder, "other.mp4"));
    copyFileSync(join(folder, "other.mp4"), clip);
    expect(await stopAtFirst([])).toEqual([]);
  }, 240_000);
});
