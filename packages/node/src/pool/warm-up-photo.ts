import { createPicture } from "@kindling/core";
import { encodePhoto } from "../photo/encode.ts";

/** The content of a small grey photo, whose enhancement opens what every photo needs. */
export async function warmUpPhoto(): Promise<Uint8Array> {
  const picture = createPicture(64, 64, 3);
  picture.samples.fill(0.2);
  const { bytes } = await encodePhoto(
    {
      picture,
      metadata: {},
      format: "png",
      depth: 8,
      lossless: true,
      notes: [],
    },
    {},
  );
  return bytes;
}
