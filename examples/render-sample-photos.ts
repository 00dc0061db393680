import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { KindlingError, type Picture } from "@kindling/core";
import sharp, { type Sharp } from "sharp";
import { samplePairs } from "./sample-pairs.ts";
import { renderSamplePhoto, type SamplePhoto, samplePhotos } from "./sample-photos.ts";

// Renders the sample photos and their references: `npm run samples`, or only those named: `npm run samples -- still-life`.
// The same bytes each time on one machine. The committed photos were taken by an earlier camera model, whose noise had no mosaic:
// rendered anew their noise differs, and so do the results measured on them. The references are not affected.

const photoQuality = 92;
const referenceQuality = 90;

const known = samplePhotos.map((photo): string => photo.name);
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !known.includes(name));
if (unknown) {
  throw new KindlingError("invalid-option", `There is no sample photo ${unknown}; choose from ${known.join(", ")}.`);
}

for (const [index, photo] of samplePhotos.entries()) {
  if (wanted.length > 0 && !wanted.includes(photo.name)) continue;
  const files = samplePairs[index];
  const started = performance.now();
  const { dark, reference } = renderSamplePhoto(photo, photo.width, photo.height, photo.samplesPerSide);
  await mkdir(dirname(files.photo), { recursive: true });
  await mkdir(dirname(files.reference), { recursive: true });
  await darkFile(photo, dark).toFile(files.photo);
  const good = encoder(reference, 8).withIccProfile("srgb");
  await good.jpeg({ quality: referenceQuality, mozjpeg: true }).toFile(files.reference);
  console.log(`${photo.name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** The dark photo as a camera would have saved it. */
function darkFile(photo: SamplePhoto, dark: Picture): Sharp {
  const exif = {
    IFD0: { Make: "Kindling", Model: "Sample renderer", DateTime: photo.takenAt },
    IFD2: {
      ISOSpeedRatings: `${photo.iso}`,
      ExposureTime: photo.exposureTime,
      FNumber: "28/10",
      DateTimeOriginal: photo.takenAt,
    },
  };
  const image = encoder(dark, photo.camera.recordedBits).withExif(exif).withIccProfile("srgb");
  if (photo.format === "png16") return image.toColourspace("rgb16").png({ compressionLevel: 9 });
  // The encoder sets its own orientation when it turns the picture; metadata given after that has the last word.
  const stored = photo.orientation === 6 ? image.rotate(270).withMetadata({ orientation: 6 }) : image;
  return stored.jpeg({ quality: photoQuality, chromaSubsampling: "4:2:0" });
}

function encoder({ width, height, channels, samples }: Picture, bits: number): Sharp {
  const white = 2 ** bits - 1;
  const raw = { width, height, channels };
  const level = (sample: number) => Math.round(sample * white);
  return sharp(bits === 16 ? Uint16Array.from(samples, level) : Uint8Array.from(samples, level), { raw });
}
