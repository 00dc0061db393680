import { heldSamples, pictureOfIntegers } from "../image/integers.ts";
import { type ChannelCount, hasAlpha, type Picture } from "../image/picture.ts";
import { type WorkingForm, workingFormOf } from "./working-form.ts";

/**
 * Chooses the working form of a photo: that of its profile, and one channel where three hold greys alone. Cameras and programs
 * store black and white photos in three; networks, which learnt from colours, would tint them.
 */
export function formOfPhoto(picture: Picture, icc: Uint8Array | undefined): WorkingForm {
  const form = workingFormOf(icc);
  if (!isGreyInColours(picture)) return form;
  return {
    ...form,
    isOwn: false,
    enter: (own) => form.enter(inChannels(own, hasAlpha(own) ? 2 : 1)),
    leave: (grey) => inColours(form.leave(grey)),
  };
}

/** Whether a picture has three channels of colour that are the same at every pixel. */
function isGreyInColours(picture: Picture): boolean {
  const { channels } = picture;
  if (channels < 3) return false;
  const { values } = heldSamples(picture);
  for (let i = 0; i < values.length; i += channels) {
    if (values[i] !== values[i + 1] || values[i] !== values[i + 2]) return false;
  }
  return true;
}

/** What methods give in colours of their own, such as reflectance, stays. */
function inColours(picture: Picture): Picture {
  if (picture.channels >= 3) return picture;
  return inChannels(picture, hasAlpha(picture) ? 4 : 3);
}

/** A picture of greys in another number of channels; alpha, which both or none have, stays the last one. */
function inChannels(picture: Picture, channels: ChannelCount): Picture {
  const { width, height, channels: given } = picture;
  const { values } = heldSamples(picture);
  const length = width * height * channels;
  const samples = values instanceof Float32Array ? new Float32Array(length) : createLike(values, length);
  const colours = channels - (hasAlpha(picture) ? 1 : 0);
  for (let from = 0, to = 0; from < values.length; from += given, to += channels) {
    for (let colour = 0; colour < colours; colour++) samples[to + colour] = values[from];
    if (colours < channels) samples[to + colours] = values[from + given - 1];
  }
  if (samples instanceof Float32Array) return { width, height, channels, samples };
  return pictureOfIntegers({ width, height, channels, samples });
}

function createLike(integers: Uint8Array | Uint16Array, length: number): Uint8Array | Uint16Array {
  return integers instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
}
