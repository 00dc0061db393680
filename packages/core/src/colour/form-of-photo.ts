import { heldSamples, pictureOfIntegers } from "../image/integers.ts";
import { type ChannelCount, hasAlpha, type Picture } from "../image/picture.ts";
import { type WorkingForm, workingFormOf } from "./working-form.ts";

/**
 * Chooses the working form of a photo: that of its profile; one channel where three hold greys alone, since cameras and programs
 * store black and white photos in three, and networks, which learnt from colours, would tint them; and where pixels are fully transparent
 * the mean colour of the others in their place. Nobody sees them, but programs leave black, white or anything there, and methods would
 * light the photo by it.
 */
export function formOfPhoto(picture: Picture, icc: Uint8Array | undefined): WorkingForm {
  const form = withMeanWhereHidden(picture, workingFormOf(icc));
  if (!isGreyInColours(picture)) return form;
  return {
    ...form,
    isOwn: false,
    enter: (own) => form.enter(inChannels(own, hasAlpha(own) ? 2 : 1)),
    leave: (grey) => inColours(form.leave(grey)),
  };
}

function withMeanWhereHidden(picture: Picture, form: WorkingForm): WorkingForm {
  if (!hasHidden(picture)) return form;
  return { ...form, isOwn: false, enter: (own) => form.enter(fillHidden(own)) };
}

/** Whether some pixels are fully transparent, but not all. */
function hasHidden(picture: Picture): boolean {
  if (!hasAlpha(picture)) return false;
  const { values } = heldSamples(picture);
  let hidden = 0;
  for (let i = picture.channels - 1; i < values.length; i += picture.channels) if (values[i] === 0) hidden++;
  return hidden > 0 && hidden * picture.channels < values.length;
}

/** Gives the pixels that are fully transparent the mean colour of the others, each counted by its alpha. */
function fillHidden(picture: Picture): Picture {
  const { width, height, channels } = picture;
  const values = heldSamples(picture).values.slice();
  const alpha = channels - 1;
  const means = new Float64Array(channels);
  for (let i = 0; i < values.length; i += channels) {
    for (let channel = 0; channel < alpha; channel++) means[channel] += values[i + channel] * values[i + alpha];
    means[alpha] += values[i + alpha];
  }
  for (let channel = 0; channel < alpha; channel++) {
    const mean = means[channel] / means[alpha];
    means[channel] = values instanceof Float32Array ? mean : Math.round(mean);
  }
  for (let i = 0; i < values.length; i += channels) {
    if (values[i + alpha] !== 0) continue;
    for (let channel = 0; channel < alpha; channel++) values[i + channel] = means[channel];
  }
  return pictureOf({ width, height, channels, samples: values });
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
  return pictureOf({ width, height, channels, samples });
}

function pictureOf({
  samples,
  ...shape
}: Omit<Picture, "samples"> & { readonly samples: Float32Array | Uint8Array | Uint16Array }): Picture {
  return samples instanceof Float32Array ? { ...shape, samples } : pictureOfIntegers({ ...shape, samples });
}

function createLike(integers: Uint8Array | Uint16Array, length: number): Uint8Array | Uint16Array {
  return integers instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
}
