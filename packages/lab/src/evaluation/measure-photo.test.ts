import { createPicture, KindlingError, type Photo, psnr } from "@kindling/core";
import { expect, test } from "vitest";
import { measurePhoto } from "./measure-photo.ts";

/** A photo of one grey, large enough for SSIM. */
function greyPhoto(level: number, side = 16): Photo {
  const picture = createPicture(side, side, 3);
  picture.samples.fill(level);
  return { picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] };
}

const files: Readonly<Record<string, Photo>> = {
  dark: greyPhoto(0.1),
  good: greyPhoto(0.6),
  result: greyPhoto(0.5),
  relit: greyPhoto(0.6),
  small: greyPhoto(0.5, 12),
};

const ports = {
  read: async (file: string) => {
    if (!files[file]) throw new KindlingError("not-found", `${file}: there is no such file.`);
    return files[file];
  },
  preview: async ({ picture }: Photo, sidePx: number) => `${picture.samples[0].toFixed(1)} at ${sidePx}`,
};

test("each result is measured, at its own light and at the reference's, and shown after input and reference", async () => {
  const result = { method: "gamma", file: "result", atReferenceLight: "relit", seconds: 2 };
  const subject = { name: "a", original: "dark", reference: "good" };
  const measured = await measurePhoto({ ...subject, results: [result], previewSidePx: 64 }, {}, ports);
  expect(measured.failures).toEqual([]);
  const [{ method, image }] = measured.images;
  expect(method).toBe("gamma");
  expect(image).toMatchObject({ name: "a", seconds: 2, referenceLightPsnr: Number.POSITIVE_INFINITY });
  expect(image.psnr).toBe(psnr(files["result"].picture, files["good"].picture));
  expect(measured.pictures).toEqual([
    { label: "input", uri: "0.1 at 64" },
    { label: "reference", uri: "0.6 at 64" },
    { label: "gamma", uri: "0.5 at 64" },
  ]);
});

test("what cannot be measured is a failure that names its file, or the photo where an engine made the result", async () => {
  const results = [
    { method: "missing", file: "none" },
    { method: "other size", file: "small" },
    { method: "engine of another size", file: "small", seconds: 1 },
    { method: "fine", file: "result" },
  ];
  const { images, pictures, failures } = await measurePhoto(
    { name: "a", original: "dark", reference: "good", results },
    {},
    ports,
  );
  expect(images.map(({ method }) => method)).toEqual(["fine"]);
  expect(pictures).toEqual([]);
  expect(failures.map(({ file, method, code }) => [file, method, code])).toEqual([
    ["none", "missing", "not-found"],
    ["small", "other size", "unsupported"],
    ["dark", "engine of another size", "unsupported"],
  ]);
  expect(failures[1]?.message).toMatch(/^small: /);
});

test("without its dark photo or its reference a photo is one failure and no measure", async () => {
  const results = [{ method: "fine", file: "result" }];
  for (const subject of [
    { name: "a", original: "none", reference: "good" },
    { name: "a", original: "dark", reference: "none" },
  ]) {
    const { images, failures } = await measurePhoto({ ...subject, results }, {}, ports);
    expect(images).toEqual([]);
    expect(failures).toEqual([{ file: "none", code: "not-found", message: "none: there is no such file." }]);
  }
});
