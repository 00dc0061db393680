import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { enhanceFiles, readPhoto } from "@kindling/node";
import { describe, expect, test } from "vitest";
import { ffmpeg, hasFfmpeg, needsFfmpeg, probe, streamHash } from "../support/ffmpeg.ts";
import {
  jsonLines,
  outcomeOf,
  runKindling,
  runKindlingHere,
  scratchFolder,
  startKindling,
} from "../support/run-kindling.ts";

/** A dark moving picture, a tone, and words for it. */
const picture = (seconds: number, rate = 10) =>
  `testsrc2=s=96x64:r=${rate}:d=${seconds},lutrgb=r=val/6:g=val/6:b=val/6`;
const tone = (seconds: number) => `sine=f=440:r=44100:d=${seconds}`;
const method = ["-m", "gamma"];

/** Runs the command on a video with a fast method. */
async function enhance(input: string, out: string, ...words: readonly string[]) {
  const run = await runKindlingHere(["enhance", input, "-o", out, ...method, ...words]);
  expect(run.stderr).not.toContain("failed");
  expect(run.status).toBe(0);
  return run;
}

describe.skipIf(!hasFfmpeg)(`videos${needsFfmpeg}`, () => {
  test("frames, duration, sound, subtitles, chapters, tags and colour are those of the file", async () => {
    const folder = scratchFolder();
    const [clip, out] = [join(folder, "clip.mp4"), join(folder, "bright.mp4")];
    writeFileSync(join(folder, "words.srt"), "1\n00:00:00,200 --> 00:00:00,900\nhello\n");
    writeFileSync(
      join(folder, "tags.txt"),
      ";FFMETADATA1\ntitle=A night\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=600\ntitle=First\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=600\nEND=1200\ntitle=Second\n",
    );
    ffmpeg(
      ...["-f", "lavfi", "-i", picture(1.2), "-f", "lavfi", "-i", tone(1.2)],
      ...["-i", join(folder, "words.srt"), "-i", join(folder, "tags.txt")],
      ...["-map", "0:v", "-map", "1:a", "-map", "2:s", "-map_metadata", "3", "-map_chapters", "3"],
      ...["-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-c:v", "libx264", "-preset", "ultrafast"],
      ...["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"],
      ...["-c:a", "aac", "-c:s", "mov_text", "-metadata:s:a:0", "language=deu", clip],
    );
    const run = await enhance(clip, out, "--json");
    expect(jsonLines(run.stdout).find(({ event }) => event === "enhanced")).toMatchObject({ frames: 12, shots: 1 });
    const [before, after] = [probe(clip), probe(out)];
    expect(after.times).toEqual(before.times);
    expect(after.times.length).toBe(12);
    expect(Number(after.format.duration)).toBeCloseTo(Number(before.format.duration), 2);
    // The last one holds the words of the chapters.
    const kinds = ["video", "audio", "subtitle", "data"];
    for (const { streams } of [before, after]) expect(streams.map(({ codec_type }) => codec_type)).toEqual(kinds);
    expect(after.format.tags?.["title"]).toBe("A night");
    expect(after.chapters).toEqual(before.chapters);
    const colours = ["color_space", "color_primaries", "color_transfer", "color_range", "pix_fmt", "width", "height"];
    for (const name of colours) expect([name, after.streams[0][name]]).toEqual([name, before.streams[0][name]]);
    expect(streamHash(out, "a:0")).toBe(streamHash(clip, "a:0"));
    expect(after.streams[1].tags?.["language"]).toBe("deu");
    // It is lighter, and nothing is left beside it.
    ffmpeg("-i", out, "-frames:v", "1", join(folder, "out.png"));
    ffmpeg("-i", clip, "-frames:v", "1", join(folder, "in.png"));
    const mean = async (name: string) => {
      const { samples } = (await readPhoto(join(folder, name))).picture;
      return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
    };
    expect(await mean("out.png")).toBeGreaterThan(1.5 * (await mean("in.png")));
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("levels survive: at light 1 without denoising a frame is what it was, in BT.601, BT.709 and full range", async () => {
    const folder = scratchFolder();
    for (const [name, matrix, tag, range] of [
      ["a.mkv", "bt601", "smpte170m", "tv"],
      ["b.mkv", "bt709", "bt709", "pc"],
    ]) {
      const [clip, out] = [join(folder, name), join(folder, `out-${name}`)];
      ffmpeg(
        ...[
          "-f",
          "lavfi",
          "-i",
          picture(0.2),
          "-vf",
          `scale=out_color_matrix=${matrix}:out_range=${range},format=yuv444p`,
        ],
        ...["-c:v", "ffv1", "-colorspace", tag, "-color_range", range, clip],
      );
      await enhance(clip, out, "--light", "1", "--denoise-over-time", "0", "--codec", "ffv1");
      ffmpeg("-i", clip, "-frames:v", "1", "-f", "rawvideo", join(folder, "in.yuv"));
      ffmpeg("-i", out, "-frames:v", "1", "-f", "rawvideo", join(folder, "out.yuv"));
      const { readFileSync } = await import("node:fs");
      const [before, after] = [readFileSync(join(folder, "in.yuv")), readFileSync(join(folder, "out.yuv"))];
      expect(after.length).toBe(before.length);
      const furthest = before.reduce((most, value, i) => Math.max(most, Math.abs(value - (after[i] ?? 0))), 0);
      expect(furthest).toBeLessThanOrEqual(2);
      expect(probe(out).streams[0]["color_range"]).toBe(range);
    }
  });

  test("variable frame rate, a turned picture, oblong pixels and 10 bits are kept", async () => {
    const folder = scratchFolder();
    const [clip, turned, out] = ["clip.mp4", "turned.mp4", "out.mp4"].map((name) => join(folder, name));
    ffmpeg(
      ...[
        "-f",
        "lavfi",
        "-i",
        picture(1),
        "-vf",
        "select='not(eq(n,3)+eq(n,4)+eq(n,7))',setsar=4/3,format=yuv420p10le",
      ],
      ...["-fps_mode", "passthrough", "-c:v", "libx265", "-x265-params", "log-level=error", clip],
    );
    ffmpeg("-i", clip, "-c", "copy", "-metadata:s:v:0", "rotate=90", turned);
    await enhance(turned, out);
    const [before, after] = [probe(turned), probe(out)];
    expect(after.times).toEqual(before.times);
    expect(after.times.length).toBe(7);
    // Upright, as photos are: its sides and its pixels' are exchanged, and players need not turn it.
    expect([after.streams[0]["width"], after.streams[0]["height"]]).toEqual([64, 96]);
    expect(after.streams[0]["sample_aspect_ratio"]).toBe("3:4");
    expect(after.streams[0]["pix_fmt"]).toBe("yuv420p10le");
  });

  test("HDR is brought to standard range, and told; containers that are only read become MKV", async () => {
    const folder = scratchFolder();
    const clip = join(folder, "hdr.mkv");
    ffmpeg(
      ...["-f", "lavfi", "-i", picture(0.3), "-vf", "scale=out_color_matrix=bt2020,format=yuv420p10le"],
      ...["-c:v", "libx265", "-x265-params", "log-level=error", "-colorspace", "bt2020nc"],
      ...["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-color_range", "tv", clip],
    );
    const run = await enhance(clip, join(folder, "sdr.mp4"));
    expect(run.stdout).toContain("brought from PQ (HDR) to standard range");
    const [{ color_transfer, color_primaries, pix_fmt }] = probe(join(folder, "sdr.mp4")).streams;
    expect([color_transfer, color_primaries, pix_fmt]).toEqual(["iec61966-2-1", "bt2020", "yuv420p"]);
    ffmpeg(
      "-f",
      "lavfi",
      "-i",
      picture(0.3),
      "-f",
      "lavfi",
      "-i",
      tone(0.3),
      "-c:a",
      "pcm_s16le",
      join(folder, "old.avi"),
    );
    await enhance(join(folder, "old.avi"), join(folder, "lit"));
    expect(readdirSync(join(folder, "lit"))).toContain("old.mkv");
    expect(probe(join(folder, "lit", "old.mkv")).streams[1]["codec_name"]).toBe("pcm_s16le");
    await enhance(join(folder, "old.avi"), join(folder, "old.mp4"));
    expect(probe(join(folder, "old.mp4")).streams[1]["codec_name"]).toBe("aac");
  });

  test("a folder mixes photos and videos; what is done is not done again, and damaged ones are named", async () => {
    const [folder, out] = [scratchFolder(), scratchFolder()];
    ffmpeg("-f", "lavfi", "-i", picture(0.2), join(folder, "a.mp4"));
    ffmpeg("-f", "lavfi", "-i", picture(0.2), "-frames:v", "1", join(folder, "b.png"));
    writeFileSync(join(folder, "c.mp4"), "no video at all");
    const first = await runKindling(["enhance", folder, "-o", out, ...method, "--json"]);
    expect(first.status).toBe(1);
    const lines = jsonLines(first.stdout);
    expect(lines.filter(({ event }) => event === "enhanced").length).toBe(2);
    expect(lines.find(({ event }) => event === "failed")).toMatchObject({ code: "damaged" });
    expect(readdirSync(out).sort()).toEqual([".kindling.jsonl", "a.mp4", "b.png"]);
    const again = await runKindlingHere(["enhance", folder, "-o", out, ...method, "--json"]);
    expect(jsonLines(again.stdout).at(-1)).toMatchObject({ event: "end", doneBefore: 2, failed: 1 });
  });

  test("Ctrl-C leaves nothing behind, or a playable part where that is asked for", async () => {
    const folder = scratchFolder();
    const clip = join(folder, "long.mp4");
    ffmpeg("-f", "lavfi", "-i", picture(60, 30), "-f", "lavfi", "-i", tone(60), "-preset", "ultrafast", clip);
    for (const words of [[], ["--keep-part"]]) {
      const out = scratchFolder();
      const command = ["enhance", clip, "-o", join(out, "bright.mp4"), ...method, "--json", ...words];
      const child = startKindling(command);
      const finished = outcomeOf(child);
      const isWorking = new Promise<void>((resolve) => {
        child.stdout?.on("data", (chunk) => String(chunk).includes('"frames"') && resolve());
      });
      await Promise.race([isWorking, finished]);
      child.kill("SIGINT");
      expect((await finished).status).toBe(130);
      expect(readdirSync(out)).toEqual(words.length === 0 ? [] : ["bright.part.mp4"]);
      if (words.length === 0) continue;
      const { times, streams, format } = probe(join(out, "bright.part.mp4"));
      expect(times.length).toBeGreaterThan(0);
      expect(streams.map(({ codec_type }) => codec_type)).toEqual(["video", "audio"]);
      expect(Number(format.duration)).toBeLessThan(58);
    }
  });

  test("wrong uses are one line with what to do", async () => {
    const folder = scratchFolder();
    const clip = join(folder, "a.mp4");
    ffmpeg("-f", "lavfi", "-i", picture(0.2), clip);
    const refused = async (expected: RegExp, ...words: readonly string[]) => {
      const { status, stderr, stdout } = await runKindlingHere(["enhance", clip, ...method, ...words]);
      expect(status).not.toBe(0);
      expect(stderr + stdout).toMatch(expected);
    };
    await refused(/a\.mp4 is a video\. Give the result its ending/, "-o", join(folder, "b.jpg"));
    await refused(/expected the ending of a video that is written/, "-o", join(folder, "b.avi"));
    await refused(/--codec ffv1: mp4 does not hold it/, "-o", join(folder, "b.mp4"), "--codec", "ffv1");
    await refused(
      /--ffmpeg .*nowhere: expected the program ffmpeg/,
      "-o",
      join(folder, "c.mp4"),
      "--ffmpeg",
      join(folder, "nowhere"),
    );
    expect(existsSync(join(folder, "b.mp4"))).toBe(false);
  });
});

test("without ffmpeg the message has the line that installs it", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "a.mp4"), "");
  const failures: string[] = [];
  const path = process.env["PATH"];
  process.env["PATH"] = folder;
  const none = () => undefined;
  try {
    const reporter = {
      ...{ start: none, progress: none, finish: none, end: none },
      fail: (_: string, __: string, message: string) => failures.push(message),
    };
    const { signal } = new AbortController();
    await enhanceFiles([join(folder, "a.mp4")], { out: join(folder, "b.mp4"), method: "gamma", reporter, signal });
  } finally {
    process.env["PATH"] = path;
  }
  expect(failures[0]).toMatch(/Videos need ffmpeg 5\.1 or later: ffmpeg is not on the PATH\. Install it: /);
});
