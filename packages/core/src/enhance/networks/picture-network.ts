import { mirrored } from "../../image/axis-filter.ts";
import { copyPicture, type Picture } from "../../image/picture.ts";
import { pictureSink, pictureSource } from "../../tiling/tile-ports.ts";
import { plainMethod } from "../plain-method.ts";
import type { FollowOptions } from "../steps.ts";
import type { NetworkMethod, OpenModel } from "./network-method.ts";

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
  const grid = border ? whole.alignmentPx : 1;
  const columns = mirroredPositions(picture.width, grid);
  const rows = mirroredPositions(picture.height, grid);
  const lit = copyPicture(picture);
  const flow = {
    inputs: { image: pictureSource(picture, undefined, { columns, rows }) },
    outputs: {
      enhanced: pictureSink(lit, { left: borderBefore(picture.width, grid), top: borderBefore(picture.height, grid) }),
    },
  };
  await whole.run({ width: columns.length, height: rows.length }, flow, options);
  return lit;
}

/** Half of what is missing to a multiple of the grid, rounded down; the rest comes behind. */
function borderBefore(size: number, grid: number): number {
  return Math.floor((Math.ceil(size / grid) * grid - size) / 2);
}

function mirroredPositions(size: number, grid: number): Int32Array {
  const before = borderBefore(size, grid);
  return Int32Array.from({ length: Math.ceil(size / grid) * grid }, (_, i) => mirrored(i - before, size));
}
