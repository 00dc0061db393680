import { heldSamples } from "./integers.ts";
import { colourChannels, type Picture } from "./picture.ts";

/** Whether a picture has a sample between black and white. No light level changes one that has none; alpha does not count. */
export function hasShades(picture: Picture): boolean {
  const { values, step } = heldSamples(picture);
  const colours = colourChannels(picture);
  for (let i = 0; i < values.length; i += picture.channels) {
    for (let colour = i; colour < i + colours; colour++) {
      if (values[colour] > 0 && values[colour] * step < 1) return true;
    }
  }
  return false;
}
