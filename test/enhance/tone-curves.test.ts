import { decodeSrgb, encodeSrgb, openEnhancer, type Photo, type Picture, readPhoto } from "@kindling/node";
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
let recoded: Readonly<Record<string, Photo>>;

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
  const light = samples.map(decodeSrgb);
  recoded = Object.fromEntries(
    [1, 1.8, 2.2].map((gamma) => [
      gamma,
      proPhotoOf(
        light.map((value) => value ** (1 / gamma)),
        { gamma },
      ),
    ]),
  );
});

/** Largest difference of a result in a power's encoding and one in sRGB's, in levels of 255 as shown. */
function levelsApart(result: Picture, gamma: number, ofCoded: Picture): number {
  return ofCoded.samples.reduce((most, value, i) => {
    return Math.max(most, 255 * Math.abs(value - encodeSrgb((result.samples[i] ?? 0) ** gamma)));
  }, 0);
}

const mask: Picture = { width: 2, height: 1, channels: 1, samples: Float32Array.of(0.2, 1) };
const wanted = [{}, { light: 2 }, { light: 0.5 }, { light: 3, mask }];

describe.each(["ember", "lime", "clahe"])("%s", (method) => {
  test.each([1, 1.8, 2.2])("makes of a scan of gamma %f what it makes of the scene in sRGB's curve", async (gamma) => {
    const photo = recoded[gamma];
    if (!photo) throw new Error("There is no such scan.");
    const enhancer = await openEnhancer({ method, device: "cpu", threads: 1 });
    const [ofCoded, ofScan] = [await enhancer.analyse(coded), await enhancer.analyse(photo)];
    expect(ofScan.autoLight / ofCoded.autoLight).toBeCloseTo(1, 2);
    for (const options of wanted) {
      const [lit, expected] = [await ofScan.relight(options), await ofCoded.relight(options)];
      expect(levelsApart(lit.picture, gamma, expected.picture), JSON.stringify(options)).toBeLessThan(1.5);
      expect(lit.metadata.icc).toBe(photo.metadata.icc);
    }
    if (method === "ember") {
      expect(levelsApart(ofScan.maps().reflectance, gamma, ofCoded.maps().reflectance)).toBeLessThan(1.5);
    }
    await enhancer.close();
  });
});
