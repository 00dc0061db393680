import { encodePhoto, mergeBurst, openEnhancer, type Picture, psnr } from "@kindling/node";
import { finish, TemporalFilter } from "@kindling/node/internal";
import sharp from "sharp";
import { drawBurst } from "../examples/sample-burst.ts";
import { type ClipName, type DrawnFrame, drawClip, panPx, sampleClips } from "../examples/sample-clips.ts";
import { drawPhotoPan } from "./video/photo-clip.ts";
import { measureFlicker, measureWarpingError, stillSquares } from "./video/video-figures.ts";

// Measures light over time on drawn clips, and bursts: the tables of docs/VIDEO.md. `npx tsx scripts/measure-video.ts
// [clips] [methods] [width]x[height]`, the first two separated by commas; `burst` is one of the clips, and so is the path of a photo,
// over which a camera then shifts. With `car` it draws the strip.

const [clips = `${Object.keys(sampleClips).join()},burst`, methods = "ember,lime", pixels = "640x360"] =
  process.argv.slice(2);
const [width = 640, height = 360] = pixels.split("x").map(Number);
const size = { width, height, frames: 12, samplesPerSide: 1 };
/** Frames of the strips, and which clips have one. */
const columns = [1, 5, 9];
const stripPx = 1280;
const strips: Readonly<Record<string, string>> = { car: "docs/video-strip.jpg", photo: "docs/video-photo.jpg" };

for (const name of clips.split(",")) {
  if (name === "burst") await measureBurst();
  else if (name in sampleClips) await measureClip(name, [...drawClip(name as ClipName, size)], name === "pan");
  else await measureClip("photo", await drawPhotoPan(name, size), true);
}

async function measureClip(name: string, frames: readonly DrawnFrame[], isPan: boolean): Promise<void> {
  const [dark, clean] = [frames.map((frame) => frame.dark), frames.map((frame) => frame.clean)];
  const filter = new TemporalFilter(1);
  const half = size.frames / 2;
  const filtered = dark.map((frame, i) => {
    // The cut is known here; that it is found is what the tests hold.
    if (name === "cut" && i === half) filter.reset();
    return finish(filter.filter(frame)).picture;
  });
  const mean = (pictures: readonly Picture[]) =>
    pictures.reduce((sum, picture, i) => sum + psnr(picture, clean[i] ?? picture), 0) / pictures.length;
  console.log(
    `${name}: PSNR against the clip without noise, frames ${mean(dark).toFixed(2)} dB, over time ${mean(filtered).toFixed(2)} dB`,
  );
  // Of clips whose scene changes at half time, the second half.
  const from = name === "lamp" || name === "cut" ? half : 0;
  const isStill = stillSquares(clean.slice(from));
  for (const method of methods.split(",")) {
    const enhancer = await openEnhancer({ method });
    const alone: Picture[] = [];
    for (const picture of dark) alone.push(await lightAlone(enhancer, picture));
    const overTime: Picture[] = [];
    const given = dark.map((picture, i) => ({ picture, seconds: i / 25 }));
    for await (const { picture } of enhancer.video(given)) overTime.push(picture);
    await enhancer.close();
    if (isPan) {
      const errors = [dark, alone, overTime].map((pictures) => (255 * measureWarpingError(pictures, panPx)).toFixed(2));
      console.log(
        `  ${method}: warping error of 255: frames ${errors[0]}, each alone ${errors[1]}, over time ${errors[2]}`,
      );
    } else {
      const shown = [dark, alone, overTime].map((pictures) => {
        const { deviation, mean: light } = measureFlicker(pictures.slice(from), isStill);
        return `${((100 * deviation) / light).toFixed(2)} %`;
      });
      console.log(`  ${method}: flicker: frames ${shown[0]}, each alone ${shown[1]}, over time ${shown[2]}`);
    }
    const file = strips[name];
    if (file !== undefined && method === "ember") await drawStrip([dark, alone, overTime], file);
  }
}

async function lightAlone(enhancer: Awaited<ReturnType<typeof openEnhancer>>, picture: Picture): Promise<Picture> {
  const photo = { picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] } as const;
  return (await (await enhancer.analyse(photo)).relight()).picture;
}

/** Rows of frames: as they were, each lit alone, and lit over time. */
async function drawStrip(rows: readonly (readonly Picture[])[], file: string): Promise<void> {
  const [width, height] = [size.width * columns.length, size.height * rows.length];
  const samples = new Float32Array(width * height * 3);
  for (const [row, frames] of rows.entries()) {
    for (const [column, frame] of columns.entries()) {
      for (let y = 0; y < size.height; y++) {
        const line = frames[frame]?.samples.subarray(y * size.width * 3, (y + 1) * size.width * 3) ?? [];
        samples.set(line, ((row * size.height + y) * width + column * size.width) * 3);
      }
    }
  }
  const picture = { width, height, channels: 3, samples } as const;
  const photo = { picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] } as const;
  const { bytes } = await encodePhoto(photo, { format: "png" });
  await sharp(bytes).resize(stripPx).jpeg({ quality: 80 }).toFile(file);
}

async function measureBurst(): Promise<void> {
  const { frames, clean } = drawBurst(8);
  console.log(`burst: PSNR against the first without noise: 1 frame ${psnr(frames[0] ?? clean, clean).toFixed(2)} dB`);
  for (const count of [2, 4, 8]) {
    const { picture } = await mergeBurst(frames.slice(0, count));
    console.log(`  ${count} frames: ${psnr(picture, clean).toFixed(2)} dB`);
  }
}
