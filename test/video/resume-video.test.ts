import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ffmpeg, hasFfmpeg, needsFfmpeg, probe, streamHash } from "../support/ffmpeg.ts";
import { drawLongClip, frames, killAt, noticesOf } from "../support/long-clip.ts";
import { jsonLines, runKindling, scratchFolder } from "../support/run-kindling.ts";

describe.skipIf(!hasFfmpeg)(`videos of killed runs${needsFfmpeg}`, () => {
  test("a killed run goes on at a key frame, and its result is that of a run that was not disturbed", async () => {
    const folder = scratchFolder();
    const clip = drawLongClip(folder);
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
});
