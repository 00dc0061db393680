// Ten encodings of ffmpeg, each decoded, lit and encoded again; what people film is in enhance-video.test.ts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { drawDarkClip, hasFfmpeg, needsFfmpeg, probe } from "../support/ffmpeg.ts";
import { jsonLines, runKindling, scratchFolder } from "../support/run-kindling.ts";

describe.skipIf(!hasFfmpeg)(`videos of all kinds${needsFfmpeg}`, () => {
  test("odd sizes, one frame, 4:2:2, HLG, full range, fields, chapters and subtitles come out as they went in", async () => {
    const [folder, out] = [scratchFolder(), join(scratchFolder(), "out")];
    const at = (name: string) => join(folder, name);
    drawDarkClip(at("odd.webm"), "161x97", "-c:v", "libvpx-vp9", "-pix_fmt", "yuv420p");
    drawDarkClip(at("one.mp4"), "96x64", "-frames:v", "1", "-c:v", "libx264", "-pix_fmt", "yuv420p");
    drawDarkClip(at("fine.mov"), "96x64", "-c:v", "libx264", "-pix_fmt", "yuv422p10le");
    const hlg = ["-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", "arib-std-b67"];
    const hevc = ["-c:v", "libx265", "-x265-params", "log-level=error"];
    drawDarkClip(at("hlg.mp4"), "96x64", "-vf", "scale=out_color_matrix=bt2020,format=yuv420p10le", ...hevc, ...hlg);
    drawDarkClip(at("full.avi"), "96x64", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p");
    drawDarkClip(
      at("fields.mpg"),
      "96x64",
      "-vf",
      "fps=25,tinterlace=interleave_top,fieldorder=tff",
      "-c:v",
      "mpeg2video",
      "-flags",
      "+ildct+ilme",
    );
    writeFileSync(at("w.srt"), "1\n00:00:00,100 --> 00:00:00,400\nhello\n");
    const chapter = (from: number, to: number) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${from}\nEND=${to}\ntitle=${from}\n`;
    writeFileSync(at("t.txt"), `;FFMETADATA1\n${chapter(0, 250)}${chapter(250, 500)}`);
    const maps = [
      "-map",
      "0",
      "-map",
      "1",
      "-map_chapters",
      "2",
      "-c:v",
      "libx264",
      "-pix_fmt",
      "yuv420p",
      "-c:s",
      "ass",
    ];
    drawDarkClip(at("words.mkv"), "96x64", "-i", at("w.srt"), "-i", at("t.txt"), ...maps);
    const run = await runKindling(["enhance", folder, "-o", out, "-m", "gamma", "--json", "--jobs", "1"]);
    expect(run.status).toBe(0);
    const madeOf = (name: string) => probe(join(out, name));
    const facts = (name: string) => {
      const { width, height, pix_fmt, color_range, color_transfer } = madeOf(name).streams[0] ?? {};
      return [width, height, pix_fmt, color_range, color_transfer];
    };
    expect(facts("odd.webm").slice(0, 3)).toEqual([161, 97, "yuv420p"]);
    expect(facts("fine.mov").slice(0, 3)).toEqual([96, 64, "yuv422p10le"]);
    expect(facts("hlg.mp4")).toEqual([96, 64, "yuv420p", "tv", "iec61966-2-1"]);
    expect(facts("full.mkv").slice(2, 4)).toEqual(["yuvj420p", "pc"]);
    for (const [name, made] of [
      ["odd.webm"],
      ["one.mp4"],
      ["fine.mov"],
      ["hlg.mp4"],
      ["full.avi", "full.mkv"],
      ["words.mkv"],
    ]) {
      expect([name, madeOf(made ?? name).times]).toEqual([name, probe(at(name)).times]);
    }
    expect(madeOf("words.mkv").chapters).toEqual(probe(at("words.mkv")).chapters);
    expect(madeOf("words.mkv").streams.map(({ codec_name }) => codec_name)).toEqual(["h264", "ass"]);
    const notes = Object.fromEntries(
      jsonLines(run.stdout).flatMap(({ event, input, notes: told }) =>
        event === "enhanced" ? [[String(input), String(told)]] : [],
      ),
    );
    expect(notes[at("hlg.mp4")]).toMatch(/brought from HLG \(HDR\) to standard range/);
    expect(notes[at("fields.mpg")]).toMatch(/its fields are joined to whole frames/);
    expect(notes[at("words.mkv")]).toBe("");
  }, 180_000);

  test("an animated GIF and endings of other files become videos where the result is named as one", async () => {
    const folder = scratchFolder();
    drawDarkClip(join(folder, "moving.gif"), "96x64");
    drawDarkClip(join(folder, "tuner.ts"), "96x64", "-c:v", "mpeg2video");
    for (const name of ["moving.gif", "tuner.ts"]) {
      const out = join(folder, `${name}.mp4`);
      const { status, stderr } = await runKindling(["enhance", join(folder, name), "-o", out, "-m", "gamma"]);
      expect([name, status, stderr.includes("failed")]).toEqual([name, 0, false]);
      expect(probe(out).times.length).toBe(5);
    }
  });
});
