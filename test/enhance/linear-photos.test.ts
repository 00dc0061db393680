import { decodeSrgb, encodeSrgb, openEnhancer, type Photo, readPhoto } from "@kindling/node";
import { type Chromaticities, finish, reduceColours, type StandardCoding, writeProfile } from "@kindling/node/internal";
import { beforeAll, describe, expect, test } from "vitest";
import { samplePairs } from "../../examples/sample-pairs.ts";

/** Source: ISO 22028-2, ROMM RGB. */
const proPhoto: Chromaticities = {
  red: [0.734699, 0.265301],
  green: [0.159597, 0.840403],
  blue: [0.036598, 0.000105],
  white: [0.345704, 0.35854],
};

const [width, height] = [144, 96];
let coded: Photo;
let linear: Photo;

/** A photo of 16 bits under a profile of ProPhoto's primaries. */
function proPhotoOf(samples: Float32Array, curve: StandardCoding["curve"]): Photo {
  const rounded = samples.map((value) => Math.round(value * 65535) / 65535);
  return {
    picture: { width, height, channels: 3, samples: rounded },
    metadata: { icc: writeProfile({ primaries: proPhoto, curve }, 3) },
    format: "tiff",
    depth: 16,
    lossless: true,
    notes: [],
  };
}

beforeAll(async () => {
  const [pair] = samplePairs;
  if (!pair) throw new Error("There are no sample photos.");
  const planes = finish(reduceColours((await readPhoto(pair.photo)).picture, width, height));
  const samples = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    return planes[i % 3]?.values[Math.floor(i / 3)] ?? 0;
  });
  coded = proPhotoOf(samples, "srgb");
  linear = proPhotoOf(samples.map(decodeSrgb), { gamma: 1 });
});

/** Largest difference of a linear result and a coded one, in levels of 255 as shown. */
function levelsApart(ofLinear: Photo, ofCoded: Photo): number {
  return ofCoded.picture.samples.reduce((most, value, i) => {
    return Math.max(most, 255 * Math.abs(value - encodeSrgb(ofLinear.picture.samples[i] ?? 0)));
  }, 0);
}

describe.each(["ember", "lime", "clahe"])("%s", (method) => {
  test("makes of a linear scan what it makes of the same scene encoded for display, and keeps its profile", async () => {
    const enhancer = await openEnhancer({ method, device: "cpu", threads: 1 });
    const [ofCoded, ofLinear] = [await enhancer.analyse(coded), await enhancer.analyse(linear)];
    expect(ofLinear.autoLight / ofCoded.autoLight).toBeCloseTo(1, 2);
    const mask = { width: 2, height: 1, channels: 1, samples: Float32Array.of(0.2, 1) } as const;
    for (const options of [{}, { light: 2 }, { light: 0.5 }, { light: 3, mask }]) {
      const lit = await ofLinear.relight(options);
      expect(levelsApart(lit, await ofCoded.relight(options)), JSON.stringify(options)).toBeLessThan(1.5);
      expect(lit.metadata.icc).toBe(linear.metadata.icc);
    }
    if (method === "ember") {
      const [maps, wanted] = [ofLinear.maps(), ofCoded.maps()];
      const apart = levelsApart({ ...linear, picture: maps.reflectance }, { ...coded, picture: wanted.reflectance });
      expect(apart).toBeLessThan(1.5);
    }
    await enhancer.close();
  });
});
