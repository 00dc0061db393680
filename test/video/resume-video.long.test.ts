// Two more runs killed behind their first key frame; that a killed run goes on is tested on every commit.
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ffmpeg, hasFfmpeg, needsFfmpeg } from "../support/ffmpeg.ts";
import { drawLongClip, killAt, noticesOf } from "../support/long-clip.ts";
import { outcomeOf, scratchFolder, startKindling } from "../support/run-kindling.ts";

describe.skipIf(!hasFfmpeg)(`videos of killed runs${needsFfmpeg}`, () => {
  test("with other settings or a changed clip it begins anew, and Ctrl-C leaves nothing of it", async () => {
    const folder = scratchFolder();
    const clip = drawLongClip(folder);
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
