import { expect, test } from "vitest";
import { meanLuminance } from "../colour/mean-luminance.ts";
import { finish } from "../flow/steps.ts";
import { fuseExposures } from "../fusion/exposure-fusion.ts";
import { mergeBurst } from "../fusion/merge-burst.ts";
import type { Photo } from "../image/photo.ts";
import { createPicture, type Picture } from "../image/picture.ts";
import { openEnhancer } from "./enhancer.ts";

function darkPhoto(): Photo {
  const samples = Float32Array.from({ length: 40 * 30 * 3 }, (_, i) => (((i * 7919) % 97) / 97) * 0.2);
  return {
    picture: { width: 40, height: 30, channels: 3, samples },
    metadata: { xmp: Uint8Array.of(1, 2, 3) },
    format: "jpeg",
    depth: 8,
    lossless: false,
    notes: ["kept"],
  };
}

test("analysing brightens a dark photo, keeps what comes with it and does not change the photo given", async () => {
  const photo = darkPhoto();
  const before = photo.picture.samples.slice();
  const lit = await (await (await openEnhancer({ method: "lime" })).analyse(photo)).relight();
  expect(meanLuminance(lit.picture)).toBeGreaterThan(1.5 * meanLuminance(photo.picture));
  expect(photo.picture.samples).toEqual(before);
  expect(lit).toMatchObject({ metadata: photo.metadata, format: "jpeg", depth: 8, notes: ["kept"] });
});

test.each([
  ["dark.jpg", 'got "dark.jpg".'],
  [Uint8Array.of(255, 216), "got an object (Uint8Array)."],
  [undefined, "got undefined."],
])("%o, which is no photo, is refused as such", async (given, ending) => {
  const enhancer = await openEnhancer({ method: "gamma" });
  for (const act of [enhancer.analyse, enhancer.enhance]) {
    await expect(act(given as never)).rejects.toMatchObject({
      code: "invalid-option",
      message: `photo: expected a decoded one, as readPhoto and decodePhoto give it; ${ending}`,
    });
  }
});

test.each([0.5, 1, 2, 3, 20])("a light of %f gives that many times the photo's mean luminance", async (light) => {
  const photo = darkPhoto();
  const scene = await (await openEnhancer({ method: "gamma" })).analyse(photo);
  // Levels below the result's, and one above it.
  expect(scene.autoLight).toBeGreaterThan(3);
  expect(scene.autoLight).toBeLessThan(20);
  const lit = await scene.relight({ light });
  expect(meanLuminance(lit.picture) / meanLuminance(photo.picture)).toBeCloseTo(light, 2);
});

test("levels up to that of gamma correction are gamma corrections, and auto is its result", async () => {
  const photo = darkPhoto();
  const scene = await (await openEnhancer({ method: "gamma", settings: { gamma: 0.5 } })).analyse(photo);
  const lit = (await scene.relight({ light: 3 })).picture.samples;
  const bright = [...photo.picture.samples].flatMap((value, i) =>
    value > 0.05 ? [Math.log(lit[i]) / Math.log(value)] : [],
  );
  for (const exponent of bright) expect(exponent).toBeCloseTo(bright[0], 1);
  const full = (await scene.relight({ light: scene.autoLight })).picture.samples;
  expect(full).toEqual((await scene.relight()).picture.samples);
});

test("at light 1 the samples are the photo's, in a picture of their own", async () => {
  const photo = darkPhoto();
  const { picture } = await (await (await openEnhancer({ method: "he" })).analyse(photo)).relight({ light: 1 });
  expect(picture.samples).toEqual(photo.picture.samples);
  expect(picture.samples).not.toBe(photo.picture.samples);
});

test("room for a result that the photo does not fit is refused by name, with the lengths expected and given", async () => {
  const scene = await (await openEnhancer({ method: "gamma" })).analyse(darkPhoto());
  const room = (change: Partial<Picture>) => ({ ...createPicture(40, 30, 3), ...change });
  const lit = room({ samples: new Float32Array(100) });
  await expect(scene.relight({ light: 2, lit })).rejects.toThrow(
    "lit: expected a picture of 40 x 30 pixels of 3 channels, which are 3600 samples, or of these with alpha; got 40 x 30 pixels of 3 channels with 100 samples.",
  );
  for (const wrong of [createPicture(30, 40, 3), createPicture(40, 30, 2), room({ channels: 4 })]) {
    await expect(scene.relight({ light: 2, lit: wrong })).rejects.toMatchObject({ code: "invalid-option" });
  }
  for (const right of [createPicture(40, 30, 3), createPicture(40, 30, 4)])
    await scene.relight({ light: 2, lit: right });
});

test("enhancing a photo at once gives what analysing and lighting it give", async () => {
  const enhancer = await openEnhancer({ method: "lime" });
  const photo = darkPhoto();
  const mask = { ...createPicture(2, 1, 1), samples: Float32Array.of(0, 1) };
  const scene = await enhancer.analyse(photo);
  for (const options of [{}, { light: 1 }, { light: 2 }, { light: 2, mask }, { light: 1, mask, lightOutside: 2 }]) {
    const done: number[] = [];
    const { photo: lit, light } = await enhancer.enhance(photo, {
      ...options,
      onProgress: (share) => done.push(share),
    });
    expect(lit.picture).toEqual((await scene.relight(options)).picture);
    expect(light).toBe(options.light ?? scene.autoLight);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.at(-1)).toBe(1);
  }
  expect(photo).toEqual(darkPhoto());
});

test("enhancing at once refuses what lighting refuses, before anything is computed", async () => {
  const enhancer = await openEnhancer({ method: "lime" });
  await expect(enhancer.enhance(darkPhoto(), { light: 1000 })).rejects.toThrow("0.1 to 128");
  await expect(enhancer.enhance(darkPhoto(), { denoise: 0.5 })).rejects.toThrow("lime has no such strength");
  await expect(enhancer.enhance(darkPhoto(), { signal: AbortSignal.abort() })).rejects.toThrow(/cancelled/i);
});

test("a mask leaves the photo where it is black, and counts in stops between", async () => {
  const photo = darkPhoto();
  const { width, height } = photo.picture;
  const share = (x: number) => (x < 10 ? 0 : x < 30 ? 0.5 : 1);
  const samples = Float32Array.from({ length: width * height }, (_, i) => share(i % width));
  const scene = await (await openEnhancer({ method: "gamma" })).analyse(photo);
  const masked = (await scene.relight({ light: 0.25, mask: { width, height, channels: 1, samples } })).picture.samples;
  const full = (await scene.relight({ light: 0.25 })).picture.samples;
  const half = (await scene.relight({ light: 0.5 })).picture.samples;
  for (let i = 0; i < masked.length; i++) {
    const x = Math.floor(i / 3) % width;
    if (share(x) === 0.5) expect(masked[i]).toBeCloseTo(half[i], 1.5);
    else expect(masked[i]).toBe(share(x) === 0 ? photo.picture.samples[i] : full[i]);
  }
});

test("where a mask is black the photo has the level that is given for there, exactly", async () => {
  const photo = darkPhoto();
  const scene = await (await openEnhancer({ method: "lime" })).analyse(photo);
  const mask = { ...createPicture(40, 30, 1), samples: Float32Array.from({ length: 1200 }, (_, i) => +(i % 40 > 19)) };
  const { samples } = (await scene.relight({ light: 6, mask, lightOutside: 3 })).picture;
  const [inside, outside] = [(await scene.relight({ light: 6 })).picture, (await scene.relight({ light: 3 })).picture];
  const expected = outside.samples.map((value, i) => (mask.samples[Math.floor(i / 3)] ? inside.samples[i] : value));
  expect(Buffer.from(samples.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
  await expect(scene.relight({ light: 2, mask, lightOutside: 0 })).rejects.toThrow("0.1 to 128");
});

test("lit like a reference, a photo gets the reference's mean luminance, read by the reference's own profile", async () => {
  const [photo, reference] = [darkPhoto(), darkPhoto()];
  reference.picture.samples.forEach((value, i, samples) => {
    samples[i] = Math.min(1.8 * value, 1);
  });
  const lit = await (await (await openEnhancer({ method: "lime" })).analyse(photo)).relightLike(reference);
  expect(meanLuminance(lit.picture)).toBeCloseTo(meanLuminance(reference.picture), 4);
});

test("the depth asked for decides the precision the method works at", async () => {
  const scene = await (await openEnhancer({ method: "he" })).analyse(darkPhoto(), { depth: 16 });
  const lit = await scene.relight();
  expect(lit.depth).toBe(16);
  const onEightBitSteps = lit.picture.samples.every(
    (sample) => Math.abs(sample * 255 - Math.round(sample * 255)) < 1e-3,
  );
  expect(onEightBitSteps).toBe(false);
});

test("an unknown method, a setting it does not have and a light out of range are refused before any work", async () => {
  await expect(openEnhancer({ method: "magic" })).rejects.toMatchObject({ code: "invalid-option" });
  await expect(openEnhancer({ method: "gamma", settings: { shine: 1 } })).rejects.toThrow(/shine/);
  for (const maxMemoryBytes of [-1, Number.NaN, "1" as unknown as number]) {
    await expect(openEnhancer({ method: "gamma", maxMemoryBytes })).rejects.toThrow(
      /maxMemoryBytes: expected a number/,
    );
  }
  await expect(openEnhancer({ method: "gamma", settings: { gamma: -1 } })).rejects.toThrow(/gamma.*from 0 to/);
  const scene = await (await openEnhancer({ method: "lime" })).analyse(darkPhoto());
  await expect(scene.relight({ light: 129 })).rejects.toThrow(
    "light: expected auto or a number from 0.1 to 128; got 129.",
  );
  await expect(scene.relight({ light: Number.NaN })).rejects.toMatchObject({ code: "invalid-option" });
});

test("a device that there is none of is refused, by a classical method too", async () => {
  await expect(openEnhancer({ method: "lime", device: "tpu" as never })).rejects.toThrow(
    'device: expected auto, cpu, webgpu; got "tpu".',
  );
});

const length = 40 * 30 * 3;
const withNaN = new Float32Array(length).fill(Number.NaN, 7, 8);
test.each<[string, Partial<Record<keyof Picture, unknown>>, string]>([
  ["an empty side", { width: 0 }, "width: expected a whole number from 1 on; got 0."],
  ["five channels", { channels: 5 }, "channels: expected a whole number from 1 to 4; got 5."],
  ["an array whose memory went to a worker", { samples: new Float32Array(0) }, `${length} samples; got 0.`],
  ["bytes", { samples: new Uint8Array(length) }, "samples: expected a Float32Array; got an object (Uint8Array)."],
  ["no samples", { samples: undefined }, "samples: expected a Float32Array; got undefined."],
  ["a sample that is no number", { samples: withNaN }, "samples[7]: expected a number from 0 to 1; got NaN."],
])("a picture with %s is refused wherever pictures are taken, before it is worked on", async (_, change, ending) => {
  const enhancer = await openEnhancer({ method: "gamma" });
  const photo = darkPhoto();
  const picture = { ...photo.picture, ...change } as Picture;
  const scene = await enhancer.analyse(photo);
  const refused = { code: "invalid-option", message: expect.stringContaining(ending) };
  const acts = [
    () => enhancer.analyse({ ...photo, picture }),
    () => enhancer.enhance({ ...photo, picture }),
    () => enhancer.enhance(photo, { light: 2, mask: picture }),
    () => enhancer.video([{ picture }])[Symbol.asyncIterator]().next(),
    () => scene.relight({ light: 2, mask: picture }),
    () => scene.relightLike({ ...photo, picture }),
    () => mergeBurst([photo.picture, picture]),
    async () => finish(fuseExposures([photo.picture, picture])),
  ];
  for (const act of acts) await expect(act()).rejects.toMatchObject(refused);
});

test("a depth that no file has is refused", async () => {
  const enhancer = await openEnhancer({ method: "gamma" });
  const refused = { code: "invalid-option", message: "photo.depth: expected 8, 16; got 7." };
  await expect(enhancer.enhance({ ...darkPhoto(), depth: 7 as 8 })).rejects.toMatchObject(refused);
});

test("a closed enhancer says so, whatever its method", async () => {
  const enhancer = await openEnhancer({ method: "lime" });
  await enhancer.close();
  await enhancer.close();
  const closed = { code: "invalid-option", message: expect.stringMatching(/\(lime\) is closed/) };
  await expect(enhancer.analyse(darkPhoto())).rejects.toMatchObject(closed);
  // At light 1 nothing is computed.
  await expect(enhancer.enhance(darkPhoto(), { light: 1 })).rejects.toMatchObject(closed);
});

test("a raised signal cancels the analysis and the relighting", async () => {
  const enhancer = await openEnhancer({ method: "lime" });
  await expect(enhancer.analyse(darkPhoto(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "cancelled",
  });
  const scene = await enhancer.analyse(darkPhoto());
  await expect(scene.relight({ light: 2, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
});
