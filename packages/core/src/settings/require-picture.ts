import { heldSamples } from "../image/integers.ts";
import type { Picture } from "../image/picture.ts";
import { sumValues } from "../image/sum-values.ts";
import { invalidValue, isWholeNumber } from "./require-value.ts";

/**
 * Throws unless a value is a picture as `Picture` says: programs make pictures of their own, and an array that was sent to
 * another thread is empty. Of samples only what is no number is looked for; integers of a file are numbers.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requirePicture(name: string, picture: unknown): asserts picture is Picture {
  const { width, height, channels } = Object(picture) as Partial<Picture>;
  for (const [side, value] of Object.entries({ width, height })) {
    if (!isWholeNumber(value, 1, Number.MAX_SAFE_INTEGER))
      throw invalidValue(`${name}.${side}`, "a whole number from 1 on", value);
  }
  if (!isWholeNumber(channels, 1, 4)) throw invalidValue(`${name}.channels`, "a whole number from 1 to 4", channels);
  requireSamples(`${name}.samples`, picture as Picture);
}

function requireSamples(name: string, picture: Picture): void {
  const { width, height, channels } = picture;
  const { values, step } = heldSamples(picture);
  // Step 1 tells floats: those of a program, which may be anything.
  if (step === 1 && !(values instanceof Float32Array)) throw invalidValue(name, "a Float32Array", values);
  const length = width * height * channels;
  if (values.length !== length) {
    const shape = `${width} x ${height} pixels of ${channels} channels, which are ${length} samples`;
    throw invalidValue(name, `those of ${shape}`, values.length);
  }
  if (values instanceof Float32Array && !Number.isFinite(sumValues(values))) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    throw invalidValue(`${name}[${at}]`, "a number from 0 to 1", values[at]);
  }
}
