import { readFileSync } from "node:fs";
import { createRuntime, readPhoto, tensorOfPicture, pictureOfTensor } from "@kindling/node";
import sharp from "sharp";
const [run, out, ...photos] = process.argv.slice(2);
const rt = createRuntime();
const o = { device: "cpu", threads: 1 } as const;
const whole = await rt.open(readFileSync(`${run}/ember.onnx`), o);
const tiles: Buffer[] = [];
for (const p of photos) {
  const { picture } = await readPhoto(p);
  const { enhanced } = await whole.run({ image: tensorOfPicture(picture) });
  const pic = pictureOfTensor(enhanced!, picture);
  for (const x of [picture, pic]) {
    const raw = Buffer.from(Uint8Array.from(x.samples, (v) => Math.min(255, Math.max(0, v * 255 + 0.5))));
    tiles.push(await sharp(raw, { raw: { width: x.width, height: x.height, channels: 3 } }).resize(600, 400, { fit: "inside" }).png().toBuffer());
  }
}
await sharp({ create: { width: 1210, height: 405 * photos.length, channels: 3, background: "white" } }).composite(tiles.map((input, i) => ({ input, left: (i % 2) * 605, top: Math.floor(i / 2) * 405 }))).png().toFile(out!);
