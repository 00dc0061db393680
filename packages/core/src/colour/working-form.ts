import { colourChannels, copyPicture, type Picture } from "../image/picture.ts";
import { decodeSrgb, encodeSrgb } from "./srgb.ts";
import { srgbTransfer, type Transfer, transferOfProfile } from "./transfer.ts";

/**
 * Largest difference, in encoded values of the same light, between sRGB and curves that count as it: profiles of sRGB and
 * Display P3 write the same curve in several ways. Gamma 2.2 differs by 0.03, linear light by 0.29.
 */
const mostDifference = 0.01;

const steps = 65535;

/** The form in which methods see a photo: values as sRGB encodes light, whatever the curve of its profile. */
export interface WorkingForm {
  /** How the working form is encoded. */
  readonly transfer: Transfer;
  /** Whether the photo's own picture is the working form. */
  readonly isOwn: boolean;
  /** Whether the levels of the photo's file are those of the working form. */
  readonly keepsLevels: boolean;
  /** The photo's numbers in the working form; the same picture where they are it. */
  readonly enter: (picture: Picture) => Picture;
  /** The way back. */
  readonly leave: (picture: Picture) => Picture;
}

/**
 * Chooses the working form of photos with a profile: their own numbers where its curve is that of sRGB; else, as of linear
 * scans and Adobe RGB, each sample is encoded again by the curve of sRGB. So one scene gives one result, whatever the curve
 * it is stored with: networks learnt from sRGB.
 *
 * The primaries stay, so wide colours are not clipped, and every level of the photo has its own in the working form.
 */
export function workingFormOf(icc: Uint8Array | undefined): WorkingForm {
  const own = transferOfProfile(icc);
  if (isLikeSrgb(own)) {
    const same = (picture: Picture) => picture;
    return { transfer: own, isOwn: true, keepsLevels: true, enter: same, leave: same };
  }
  return {
    transfer: srgbTransfer,
    isOwn: false,
    keepsLevels: false,
    enter: recoder((value) => encodeSrgb(own.toLinear(value))),
    leave: recoder((value) => own.fromLinear(decodeSrgb(value))),
  };
}

function isLikeSrgb(own: Transfer): boolean {
  if (own === srgbTransfer) return true;
  return Array.from({ length: 257 }, (_, i) => i / 256).every(
    (encoded) => Math.abs(encoded - encodeSrgb(own.toLinear(encoded))) <= mostDifference,
  );
}

/**
 * Encodes pictures again, by a table of all numbers of 16 bits: exact for files of 8 and 16 bits, interpolated in between.
 * It is made once: an inverse is searched for, which takes longer than a small picture.
 */
function recoder(curve: (value: number) => number): (picture: Picture) => Picture {
  let table: Float64Array | undefined;
  return (picture) => {
    table ??= Float64Array.from({ length: steps + 1 }, (_, i) => curve(i / steps));
    return recode(picture, table);
  };
}

function recode(picture: Picture, table: Float64Array): Picture {
  const recoded = copyPicture(picture);
  const { samples, channels } = recoded;
  const colours = colourChannels(picture);
  for (let pixel = 0; pixel < samples.length; pixel += channels) {
    for (let i = pixel; i < pixel + colours; i++) {
      const place = Math.min(Math.max(samples[i], 0), 1) * steps;
      const index = Math.min(Math.floor(place), steps - 1);
      samples[i] = table[index] + (place - index) * (table[index + 1] - table[index]);
    }
  }
  return recoded;
}
