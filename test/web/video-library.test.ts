// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as kindling from "@kindling/browser";
import { enhanceFiles } from "@kindling/node";
import type { Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../support/chromium.ts";
import { ffmpeg, hasFfmpeg, probe, streamHash } from "../support/ffmpeg.ts";
import { type StaticServer, serveFolders } from "../support/static-server.ts";
import { testBrowser } from "../support/test-browser.ts";

declare global {
  // What the page under test makes of the library.
  var kindlingUnderTest: typeof kindling;
}

/** A dark moving picture of 96x64, 10 frames a second. */
const picture = (seconds: number) => `testsrc2=s=96x64:r=10:d=${seconds},lutrgb=r=val/6:g=val/6:b=val/6,format=yuv420p`;
const tone = (seconds: number) => `sine=f=440:r=48000:d=${seconds}`;

describe.skipIf(!hasChromium || !hasFfmpeg)("videos in the browser", () => {
  const scratch = mkdtempSync(join(tmpdir(), "kindling-test-"));
  const browser = testBrowser("--disable-gpu");
  let server: StaticServer;

  beforeAll(async () => {
    await build({ root: "packages/browser", logLevel: "error", build: { outDir: join(scratch, "plain") } });
    writeFileSync(join(scratch, "plain", "index.html"), readFileSync("test/web/library-page.html"));
    const sound = ["-f", "lavfi", "-i", tone(1.2)];
    const video = ["-f", "lavfi", "-i", picture(1.2)];
    const tags = [
      "-colorspace",
      "bt709",
      "-color_primaries",
      "bt709",
      "-color_trc",
      "bt709",
      "-metadata",
      "title=A night",
    ];
    ffmpeg(...video, ...sound, "-c:v", "libx264", "-c:a", "aac", ...tags, join(scratch, "clip.mp4"));
    ffmpeg(...video, ...sound, "-c:v", "libvpx-vp9", "-c:a", "libopus", join(scratch, "clip.webm"));
    server = await serveFolders({ "/": scratch }, { isolated: true });
  });
  afterAll(async () => {
    await server?.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  async function plainPage(): Promise<Page> {
    const page = await browser().newPage();
    await page.goto(`${server.url}plain/index.html`);
    await page.waitForFunction(() => "kindlingUnderTest" in globalThis);
    return page;
  }

  /** What the page makes of a clip of the folder; the bytes come back in base64. */
  async function saveIn(page: Page, name: string, options: kindling.SaveVideoOptions) {
    const { base64, ...made } = await page.evaluate(
      async ([path, wanted]) => {
        const enhancer = await kindlingUnderTest.openEnhancer();
        const video = await enhancer.openVideo(await (await fetch(path)).blob());
        const shares: number[] = [];
        const saved = await video.save({ ...wanted, onProgress: (done) => shares.push(done) });
        const url = await new Promise<string>((resolve) => {
          const reader = new FileReader();
          reader.onload = () => resolve(String(reader.result));
          reader.readAsDataURL(saved.file);
        });
        enhancer.close();
        const { width, height, hasSound } = video;
        const { codec, frames, leftOut, container } = saved;
        return {
          base64: url.slice(url.indexOf(",") + 1),
          shares,
          width,
          height,
          hasSound,
          codec,
          frames,
          leftOut,
          container,
        };
      },
      [`/${name}`, options] as const,
    );
    const path = join(scratch, `made-${name.replace(/\.[^.]+$/, "")}.${made.container}`);
    writeFileSync(path, Buffer.from(base64, "base64"));
    return { ...made, path };
  }

  /** All frames as RGB of 8 bits. */
  function pixelsOf(path: string): Buffer {
    const raw = join(scratch, "frames.rgb");
    ffmpeg("-i", path, "-vf", "scale=in_color_matrix=bt709", "-pix_fmt", "rgb24", "-f", "rawvideo", raw);
    return readFileSync(raw);
  }

  function meanDifference(one: Buffer, other: Buffer): number {
    expect(one.length).toBe(other.length);
    return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]), 0) / one.length;
  }

  test.each([
    ["clip.mp4", "h264", "aac"],
    ["clip.webm", "vp9", "opus"],
  ])("%s keeps its frames, times, levels and sound, and is stored as BT.709", async (name, codec, soundCodec) => {
    const page = await plainPage();
    const { path, frames, leftOut, shares } = await saveIn(page, name, {
      method: "gamma",
      light: 1,
      denoiseOverTime: 0,
    });
    expect([frames, leftOut, shares.at(-1)]).toEqual([12, [], 1]);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const [before, after] = [probe(join(scratch, name)), probe(path)];
    expect(after.times).toEqual(before.times.map((time) => expect.closeTo(time, 2)));
    expect(after.streams.map(({ codec_name }) => codec_name)).toEqual([codec, soundCodec]);
    expect(Number(after.format.duration)).toBeCloseTo(Number(before.format.duration), 1);
    expect(streamHash(path, "a:0").split("=").at(-1)).toBe(streamHash(join(scratch, name), "a:0").split("=").at(-1));
    const colours = ["color_range", "color_space", "color_primaries", "color_transfer", "pix_fmt"];
    expect(colours.map((tag) => after.streams[0]?.[tag])).toEqual(["tv", "bt709", "bt709", "bt709", "yuv420p"]);
    if (name === "clip.mp4") expect(after.format.tags?.["title"]).toBe("A night");
    // Light 1 is the clip itself: what is left is what two lossy codecs do to hard edges of colour.
    const [here, there] = [pixelsOf(path), pixelsOf(join(scratch, name))];
    expect(meanDifference(here, there)).toBeLessThan(4);
    const mean = (pixels: Buffer) => pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    expect(Math.abs(mean(here) - mean(there))).toBeLessThan(0.5);
    await page.close();
  });

  test("the light is that of Node, held over time, and a turned clip comes upright", async () => {
    // A bright field passes through a still picture: alone, each frame would choose another light.
    const bt709 = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];
    const still =
      "mandelbrot=s=96x64:r=10,trim=end_frame=1,loop=15:1,setpts=N/10/TB,hue=s=0,gblur=1.5,lutrgb=r=val/5+12:g=val/5+9:b=val/5+9";
    const passing = `${still}[a];color=0xb0b0a8:s=34x64:r=10:d=1.5[b];[a][b]overlay=x=80*t-34:shortest=1`;
    const flat = join(scratch, "flat.mp4");
    ffmpeg(
      ...["-f", "lavfi", "-i", `${passing},scale=out_color_matrix=bt709,format=yuv420p`],
      ...["-c:v", "libx264", "-crf", "1", ...bt709, flat],
    );
    ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v:0", "rotate=90", join(scratch, "passing.mp4"));
    const page = await plainPage();
    const { path, width, height } = await saveIn(page, "passing.mp4", { method: "lime" });
    expect([width, height]).toEqual([64, 96]);
    const inNode = join(scratch, "node.mkv");
    const none = () => undefined;
    const reporter = { start: none, progress: none, finish: none, fail: none, end: none };
    const { signal } = new AbortController();
    await enhanceFiles([join(scratch, "passing.mp4")], {
      out: inNode,
      method: "lime",
      video: { codec: "ffv1" },
      reporter,
      signal,
    });
    expect(meanDifference(pixelsOf(path), pixelsOf(inNode))).toBeLessThan(3);
    await page.close();
  });

  test("a frame is a photo to choose light by; what is cancelled or closed leaves nothing", async () => {
    const page = await plainPage();
    const found = await page.evaluate(async () => {
      const enhancer = await kindlingUnderTest.openEnhancer();
      const video = await enhancer.openVideo(await (await fetch("/clip.webm")).blob());
      const photo = await video.frame({ seconds: 0.6, maxPixels: 1536 });
      const scene = await photo.analyse({ method: "gamma" });
      const { bitmap } = await scene.relight({ light: 2 });
      const kept = async () => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("kindling-videos", {
          create: true,
        });
        let count = 0;
        for await (const _ of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) count++;
        return count;
      };
      const stopping = new AbortController();
      const cancelled = await video
        .save({ method: "gamma", signal: stopping.signal, onProgress: () => stopping.abort() })
        .then(
          () => "saved",
          (error: kindling.KindlingError) => error.code,
        );
      const afterCancelling = await kept();
      const first = await video.save({ method: "gamma" });
      const second = await video.save({ method: "gamma" });
      const both = await kept();
      first.close();
      second.close();
      await video.save({ method: "gamma" });
      const last = await kept();
      enhancer.close();
      return {
        size: [bitmap.width, bitmap.height, photo.originalSize.width],
        cancelled,
        counts: [afterCancelling, both, last],
      };
    });
    expect(found).toEqual({ size: [48, 32, 96], cancelled: "cancelled", counts: [0, 2, 1] });
    await page.close();
  });

  test("what cannot be done is told by name: no WebCodecs, no moving picture, no video, cut short", async () => {
    ffmpeg("-f", "lavfi", "-i", tone(0.3), "-c:a", "aac", join(scratch, "sound.m4a"));
    writeFileSync(join(scratch, "words.mp4"), "no video at all");
    writeFileSync(join(scratch, "cut.mp4"), readFileSync(join(scratch, "clip.mp4")).subarray(0, 3000));
    const page = await plainPage();
    const told = (names: readonly string[]) =>
      page.evaluate(async (all) => {
        const found: string[] = [];
        for (const name of all) {
          const enhancer = await kindlingUnderTest.openEnhancer();
          const outcome = await enhancer
            .openVideo(await (await fetch(`/${name}`)).blob(), { name })
            .then((video) => video.save({ method: "gamma" }).then(() => "saved"))
            .catch((error: kindling.KindlingError) => `${error.code}: ${error.message}`);
          found.push(outcome);
          enhancer.close();
        }
        return found;
      }, names);
    const [sound, words, cut] = await told(["sound.m4a", "words.mp4", "cut.mp4"]);
    expect(sound).toMatch(/^not-a-photo: sound\.m4a: it holds no moving picture/);
    expect(words).toMatch(/^not-a-photo: words\.mp4: it is no video that can be read/);
    expect(cut).toMatch(/^damaged: cut\.mp4: /);
    await page.route(/assets\/worker-[^/]+\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `delete globalThis.VideoEncoder;\n${await response.text()}` });
    });
    expect((await told(["clip.mp4"]))[0]).toMatch(/^unsupported: clip\.mp4: this browser lacks WebCodecs/);
    await page.close();
  });
});
