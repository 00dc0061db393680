import sharp from "sharp";
import { expect, it } from "vitest";
import { isPhotoWithin } from "./peek.ts";

it("takes a photo up to a number of pixels and bytes, and none that libvips does not decode", async () => {
  const content = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#102030" } })
    .png()
    .toBuffer();
  const isWithin = (pixels: number, bytes: number) => isPhotoWithin({ pixels, bytes }, "dark.png", content);
  expect(await isWithin(1200, content.length)).toBe(true);
  expect(await isWithin(1199, content.length)).toBe(false);
  expect(await isWithin(1200, content.length - 1)).toBe(false);
  const bitmap = Buffer.from("BM".padEnd(100, "\0"), "latin1");
  expect(await isPhotoWithin({ pixels: 1e6, bytes: 1e6 }, "dark.bmp", bitmap)).toBe(false);
});
