import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enhanceFiles } from "@kindling/node";

// Frames a second of videos at 640x360 and 1920x1080, beside ffmpeg's own decoding and encoding: `npx tsx bench/video.ts
// [methods] [frames]`. Processor time of kindling is that of its own process, without its two ffmpegs; on a busy machine it tells
// more than the time that passed.

const [methods = "gamma,ember", frames = "24"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "kindling-bench-"));
const none = () => undefined;

/** Runs ffmpeg; gives its seconds and its processor seconds. */
function ffmpeg(...words: readonly string[]): { wall: number; processor: number } {
  const startedAt = performance.now();
  const line = ["-hide_banner", "-nostdin", "-y", "-benchmark", "-v", "info", ...words]
    .map((word) => `'${word}'`)
    .join(" ");
  const log = execFileSync("sh", ["-c", `ffmpeg ${line} 2>&1`], { encoding: "utf8" });
  const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(log) ?? [];
  return { wall: (performance.now() - startedAt) / 1000, processor: Number(user) + Number(system) };
}

function row(size: string, work: string, wall: number, processor: number): void {
  const perFrame = (1000 * processor) / Number(frames);
  console.log(`| ${size} | ${work} | ${(Number(frames) / wall).toFixed(1)} | ${perFrame.toFixed(0)} |`);
}

console.log("| size | work | frames a second | processor time ms a frame |\n| --- | --- | ---: | ---: |");
try {
  for (const size of ["640x360", "1920x1080"]) {
    const clip = join(folder, `${size}.mp4`);
    const seconds = Number(frames) / 24;
    const source = `testsrc2=s=${size}:r=24:d=${seconds},lutrgb=r=val/6:g=val/6:b=val/6,noise=alls=4:allf=t,format=yuv420p`;
    ffmpeg("-f", "lavfi", "-i", source, "-c:v", "libx264", "-crf", "18", clip);
    const decoding = ffmpeg("-i", clip, "-pix_fmt", "rgb48le", "-f", "null", "-");
    row(size, "ffmpeg: decode", decoding.wall, decoding.processor);
    const both = ffmpeg(
      "-i",
      clip,
      "-vf",
      "lutrgb=r=val*4:g=val*4:b=val*4",
      "-c:v",
      "libx264",
      "-crf",
      "18",
      join(folder, "again.mp4"),
    );
    row(size, "ffmpeg: decode, brighten, encode", both.wall, both.processor);
    for (const method of methods.split(",")) {
      const startedAt = performance.now();
      const before = process.cpuUsage();
      const out = join(folder, `${method}-${size}.mp4`);
      const reporter = {
        start: none,
        progress: none,
        finish: none,
        fail: (_: string, __: string, text: string) => console.error(text),
        end: none,
      };
      await enhanceFiles([clip], { out, method, jobs: 1, reporter, signal: new AbortController().signal });
      const { user, system } = process.cpuUsage(before);
      row(size, `kindling, ${method}: this process`, (performance.now() - startedAt) / 1000, (user + system) / 1e6);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
