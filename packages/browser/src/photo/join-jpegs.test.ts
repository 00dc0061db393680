import sharp, { type JpegOptions } from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { joinJpegs } from "./join-jpegs.ts";

const [width, height] = [171, 112];

describe("strips of a picture as JPEGs", () => {
  let photo: Buffer;
  beforeAll(async () => {
    photo = await sharp("examples/photos/still-life.jpg").resize(width, height).removeAlpha().raw().toBuffer();
  });

  /** Encodes rows with the shortest codes, as Chromium's canvas does. */
  const encode = async (top: number, end: number, options: JpegOptions = {}) =>
    new Uint8Array(
      await sharp(photo.subarray(3 * width * top, 3 * width * end), { raw: { width, height: end - top, channels: 3 } })
        .jpeg({ quality: 90, ...options })
        .toBuffer(),
    );

  test.each(["4:2:0", "4:4:4"])(
    "of %s are joined to the very file that the encoder makes of the whole",
    async (chromaSubsampling) => {
      const strips = [await encode(0, 16, { chromaSubsampling }), await encode(16, 64, { chromaSubsampling })];
      const joined = joinJpegs([...strips, await encode(64, height, { chromaSubsampling })]);
      expect(joined).toEqual(await encode(0, height, { chromaSubsampling }));
    },
  );

  test("with codes that are not the shortest are joined to a picture of the same values", async () => {
    const fixed = { optimiseCoding: false };
    const joined = joinJpegs([await encode(0, 48, fixed), await encode(48, height, fixed)]);
    const decode = (file: Uint8Array = new Uint8Array()) => sharp(file).raw().toBuffer();
    expect(await decode(joined)).toEqual(await decode(await encode(0, height, fixed)));
  });

  test("that are progressive, of two qualities, or cut within blocks are not joined", async () => {
    const first = await encode(0, 64);
    const last = await encode(64, height);
    expect(joinJpegs([first, last])).toBeDefined();
    expect(joinJpegs([first, await encode(64, height, { quality: 80 })])).toBeUndefined();
    expect(joinJpegs([await encode(0, 56), await encode(56, height)])).toBeUndefined();
    expect(joinJpegs([await encode(0, 64, { progressive: true }), last])).toBeUndefined();
    expect(joinJpegs([first, Uint8Array.of(0xff, 0xd8)])).toBeUndefined();
  });
});
