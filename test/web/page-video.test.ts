// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { meanShownLight, shownPixels } from "../support/browser-pixels.ts";
import { hasChromium } from "../support/chromium.ts";
import { ffmpeg, hasFfmpeg, probe } from "../support/ffmpeg.ts";
import { dropExample, dropFile, litAfter, pictureNamed, testWebPage } from "../support/web-page.ts";

describe.skipIf(!hasChromium || !hasFfmpeg)("a video on the page", () => {
  const { openWebPage } = testWebPage();
  const scratch = mkdtempSync(join(tmpdir(), "kindling-test-"));
  let clip: Buffer;
  beforeAll(() => {
    const path = join(scratch, "night.webm");
    const [dark, light] = ["color=0x101418:s=96x64:r=10:d=1", "color=0x283038:s=96x64:r=10:d=1"];
    const picture = `${dark}[a];${light}[b];[a][b]concat,noise=alls=6:allf=t`;
    ffmpeg(
      "-f",
      "lavfi",
      "-i",
      picture,
      "-f",
      "lavfi",
      "-i",
      "sine=d=2:r=48000",
      "-c:v",
      "libvpx-vp9",
      "-c:a",
      "libopus",
      path,
    );
    clip = readFileSync(path);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test("shows one frame with the light slider, then saves the whole of it with its sound; its code comes with it", async () => {
    const page = await openWebPage();
    const fetched: string[] = [];
    page.on("request", (request) => fetched.push(request.url()));
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    expect(fetched.filter((url) => /(open|write)-clip-/.test(url))).toEqual([]);
    await dropFile(page, "night.webm", clip);
    await page.locator("#video-frame").waitFor();
    await page.locator("#method").selectOption("gamma");
    const dark = meanShownLight(await shownPixels(page, await pictureNamed(page, "before")));
    await litAfter(page, () => page.locator("#light").fill("1"));
    const one = meanShownLight(await shownPixels(page, await pictureNamed(page, "after")));
    expect(one).toBeGreaterThan(1.2 * dark);
    await page.locator("#video-frame").fill("1.5");
    await expect
      .poll(async () => meanShownLight(await shownPixels(page, await pictureNamed(page, "before"))))
      .toBeGreaterThan(1.5 * dark);
    await page.locator("#video-format").selectOption("mp4");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save video" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("night-kindled.mp4");
    const path = join(scratch, "saved.mp4");
    await download.saveAs(path);
    const { times, streams } = probe(path);
    expect(times.length).toBe(20);
    expect(streams.map(({ codec_type }) => codec_type)).toEqual(["video", "audio"]);
    // Two times the light, as the slider said, in the first frame as in the last.
    expect(meanOf(path, 0) / meanOf(join(scratch, "night.webm"), 0)).toBeGreaterThan(1.2);
    await page.getByText("night-kindled.mp4 is saved.").waitFor();
  }, 180_000);

  function meanOf(path: string, frame: number): number {
    const raw = join(scratch, "frame.gray");
    ffmpeg("-i", path, "-vf", `select=eq(n\\,${frame})`, "-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo", raw);
    const samples = readFileSync(raw);
    return samples.reduce((sum, value) => sum + value, 0) / samples.length;
  }

  test("tells how far it is, and stops when it is told to", async () => {
    const path = join(scratch, "long.webm");
    ffmpeg(
      "-f",
      "lavfi",
      "-i",
      "testsrc2=s=160x120:r=25:d=40",
      "-c:v",
      "libvpx-vp9",
      "-cpu-used",
      "8",
      "-deadline",
      "realtime",
      path,
    );
    const page = await openWebPage();
    await dropFile(page, "long.webm", readFileSync(path));
    await page.locator("#method").selectOption("gamma");
    await page.getByRole("button", { name: "Save video" }).click();
    await page.getByText(/frames a second, about \d+:\d\d left/).waitFor();
    await page.locator(".saving").getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled.").waitFor();
    await page.getByRole("button", { name: "Save video" }).waitFor();
  }, 60_000);

  test("what is no video or needs what the browser lacks is told in words", async () => {
    const page = await openWebPage();
    await dropFile(page, "words.mp4", Buffer.from("no video at all"));
    await page.getByText("words.mp4 is not a video this page can read.").waitFor();
    await page.evaluate(() => Reflect.deleteProperty(globalThis, "VideoEncoder"));
    await dropFile(page, "night.webm", clip);
    await page.getByText("night.webm is a video, and this browser lacks WebCodecs").waitFor();
    expect(await page.locator(".strip li").count()).toBe(0);
    writeFileSync(join(scratch, "page.png"), await page.screenshot());
  });
});
