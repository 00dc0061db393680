import type { ChannelCount, Photo, PhotoMetadata, Picture, SampleDepth } from "@kindling/node";
import sharp from "sharp";

/** A small picture with a gradient and a texture, its samples exact at the depth given. */
export function samplePicture(width: number, height: number, channels: ChannelCount, depth: SampleDepth): Picture {
  const max = depth === 16 ? 65535 : 255;
  const samples = new Float32Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const smooth = (x / width + (y / height) * (c + 1)) / 7;
        const texture = ((x * 7 + y * 13 + c * 29) % 32) / 160;
        samples[(y * width + x) * channels + c] = Math.round((smooth + texture) * max) / max;
      }
    }
  }
  return { width, height, channels, samples };
}

/** Metadata of every kind, as a phone would write them: Display P3, a camera, a place, a caption. */
export async function sampleMetadata(
  orientation = 1,
): Promise<Required<Pick<PhotoMetadata, "exif" | "icc" | "xmp" | "iptc">>> {
  const tagged = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#345" } })
    .withIccProfile("p3")
    .withExif({
      IFD0: { Make: "Kindling", Model: "Test camera", Orientation: String(orientation), Copyright: "the makers" },
      IFD2: { ISOSpeedRatings: "3200", ExposureTime: "1/15", DateTimeOriginal: "2026:01:02 03:04:05" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1", GPSLongitudeRef: "W", GPSLongitude: "0/1 7/1 39/1" },
    })
    .withXmp(sampleXmp)
    .jpeg()
    .toBuffer();
  const { exif, icc, xmp } = await sharp(tagged).metadata();
  if (!exif || !icc || !xmp) throw new Error("sharp wrote no metadata to make a sample of");
  return { exif: withOrientation(exif.subarray(6), orientation), icc, xmp, iptc: sampleIptc };
}

/** libvips resets the orientation it writes; the sample needs the one asked for. */
function withOrientation(exif: Buffer, orientation: number): Buffer {
  const little = exif.toString("latin1", 0, 2) === "II";
  const entry = Buffer.from(little ? [0x12, 0x01, 3, 0, 1, 0, 0, 0] : [0x01, 0x12, 0, 3, 0, 0, 0, 1]);
  const at = exif.indexOf(entry);
  if (at < 0) throw new Error("the sample Exif has no orientation");
  const turned = Buffer.from(exif);
  if (little) turned.writeUInt16LE(orientation, at + 8);
  else turned.writeUInt16BE(orientation, at + 8);
  return turned;
}

const sampleXmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 exif:GPSLatitude="51,30N" exif:GPSLongitude='0,7.65W' xmp:Rating="4"><exif:GPSAltitude>12/1</exif:GPSAltitude>
</rdf:Description></rdf:RDF></x:xmpmeta>`;

/** One IPTC-IIM data set: 2:120, the caption. */
const sampleIptc = Uint8Array.from([0x1c, 2, 120, 0, 5, ...Buffer.from("night")]);

/** A photo with all of it. */
export async function samplePhoto(channels: ChannelCount = 3, depth: SampleDepth = 8): Promise<Photo> {
  return {
    picture: samplePicture(45, 31, channels, depth),
    metadata: await sampleMetadata(),
    format: "png",
    depth,
    lossless: true,
    notes: [],
  };
}
