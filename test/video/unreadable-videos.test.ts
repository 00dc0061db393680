import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { drawDarkClip, ffmpeg, hasFfmpeg, needsFfmpeg } from "../support/ffmpeg.ts";
import { jsonLines, runKindling, scratchFolder } from "../support/run-kindling.ts";

describe.skipIf(!hasFfmpeg)(`videos that cannot be read whole${needsFfmpeg}`, () => {
  test("what holds no frame, no picture or not all of itself is one clear line each", async () => {
    const folder = scratchFolder();
    const at = (name: string) => join(folder, name);
    ffmpeg("-f", "lavfi", "-i", "sine=d=0.3", "-c:a", "aac", at("sound.mp4"));
    drawDarkClip(at("whole.mp4"), "320x240", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "2");
    const whole = readFileSync(at("whole.mp4"));
    writeFileSync(at("cut.mp4"), whole.subarray(0, Math.floor(whole.length / 2)));
    ffmpeg("-i", at("whole.mp4"), "-c", "copy", "-movflags", "+faststart", at("partly.mp4"));
    writeFileSync(at("partly.mp4"), readFileSync(at("partly.mp4")).subarray(0, Math.floor(whole.length * 0.7)));
    writeFileSync(at("empty.mkv"), "");
    const run = await runKindling(["enhance", folder, "-o", join(folder, "out"), "-m", "gamma", "--json"]);
    expect(run.status).toBe(1);
    const lines = jsonLines(run.stdout);
    const failures = Object.fromEntries(
      lines.flatMap(({ event, input, message }) => (event === "failed" ? [[String(input), String(message)]] : [])),
    );
    expect(Object.keys(failures).sort()).toEqual(["cut.mp4", "empty.mkv", "sound.mp4"].map(at));
    expect(failures[at("sound.mp4")]).toMatch(/it holds no moving picture\.$/);
    for (const name of ["cut.mp4", "empty.mkv"])
      expect(failures[at(name)]).toMatch(/ffmpeg cannot read it: .*Check the file\.$/);
    const partly = lines.find(({ event, input }) => event === "enhanced" && input === at("partly.mp4"));
    expect(String(partly?.["notes"])).toMatch(/parts of it are damaged and look so/);
  }, 180_000);
});
