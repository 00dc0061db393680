import type { FollowOptions } from "../flow/steps.ts";
import { copyPicture, type Picture } from "../image/picture.ts";
import { type Border, withMirroredBorder } from "../tiling/mirrored-border.ts";
import { pictureSink, pictureSource } from "../tiling/tile-ports.ts";
import type { NetworkMethod, OpenModel } from "./network-method.ts";
import { plainMethod } from "./plain-method.ts";

/**
 * A network from picture to picture: its one part is called `whole`.
 *
 * @param bytesPerPixel memory a run takes for each pixel.
 * @param border `mirror` for networks that mirror pictures out to multiples of their grid: done here for the whole
 * photo, so that tiles on that grid need no border of their own.
 */
export function pictureNetwork(name: string, bytesPerPixel: number, border?: "mirror"): NetworkMethod {
  return {
    name,
    strengths: [],
    hasMaps: false,
    hasOwnLight: false,
    bytesPerPixel: { whole: bytesPerPixel },
    keptBytesPerPixel: 12,
    open: (model) =>
      plainMethod(
        (picture, _, options) => enhance(model, picture, border, options),
        () => model.close(),
      ),
  };
}

async function enhance(
  model: OpenModel,
  picture: Picture,
  border: "mirror" | undefined,
  options: FollowOptions,
): Promise<Picture> {
  const whole = model.part("whole");
  const lit = copyPicture(picture);
  const ports = { inputs: { image: pictureSource(picture) }, outputs: { enhanced: pictureSink(lit) } };
  const { size, flow } = withMirroredBorder(picture, borderTo(border ? whole.alignmentPx : 1, picture), ports);
  await whole.run(size, flow, options);
  return lit;
}

/** What is missing to multiples of the grid: half of it, rounded down, before the picture, the rest behind. */
function borderTo(grid: number, { width, height }: Picture): Border {
  const missing = (size: number) => Math.ceil(size / grid) * grid - size;
  const [left, top] = [Math.floor(missing(width) / 2), Math.floor(missing(height) / 2)];
  return { left, top, right: missing(width) - left, bottom: missing(height) - top };
}
