import { geometryOfFrame, type PhotoFrame, wholeFrame } from "@kindling/browser";

/** Proportions that a photo can be cropped to; undefined for all of it. */
export const cropRatios = [undefined, "1:1", "4:5", "3:2", "16:9"] as const;

/** One of the proportions. */
export type CropRatio = (typeof cropRatios)[number];

type Crop = PhotoFrame["crop"];

/** Turns a framed photo by quarters clockwise: what was kept stays so, and a horizon that was straightened stays straight. */
export function turnFrame({ turns, degrees, crop }: PhotoFrame, quarters: 1 | -1): PhotoFrame {
  const { left, top, width, height } = crop;
  const turned: Crop =
    quarters === 1
      ? { left: 1 - top - height, top: left, width: height, height: width }
      : { left: top, top: 1 - left - width, width: height, height: width };
  return { turns: ((turns + quarters + 4) % 4) as PhotoFrame["turns"], degrees, crop: turned };
}

/** Crops a photo in its middle to proportions, as large as they fit; lying or upright as the photo is. */
export function cropToRatio(
  frame: PhotoFrame,
  size: { readonly width: number; readonly height: number },
  ratio: CropRatio,
): PhotoFrame {
  if (ratio === undefined) return { ...frame, crop: wholeFrame.crop };
  const whole = geometryOfFrame({ ...frame, crop: wholeFrame.crop }, size);
  const aspect = whole.width / whole.height;
  const [long = 1, short = 1] = ratio
    .split(":")
    .map(Number)
    .sort((a, b) => b - a);
  const wanted = aspect >= 1 ? long / short : short / long;
  const [width, height] = wanted > aspect ? [1, aspect / wanted] : [wanted / aspect, 1];
  return { ...frame, crop: { left: (1 - width) / 2, top: (1 - height) / 2, width, height } };
}

/** Least share of the photo that is kept along an axis. */
const leastShare = 0.05;

/** Moves a corner of a crop (0 left or top, 1 right or bottom), or all of it, within the photo. */
export function dragCrop(crop: Crop, corner: readonly [0 | 1, 0 | 1] | "all", dx: number, dy: number): Crop {
  const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
  const { left, top, width, height } = crop;
  if (corner === "all") {
    return { ...crop, left: within(left + dx, 0, 1 - width), top: within(top + dy, 0, 1 - height) };
  }
  const [right, bottom] = [left + width, top + height];
  const x = corner[0] === 0 ? within(left + dx, 0, right - leastShare) : left;
  const y = corner[1] === 0 ? within(top + dy, 0, bottom - leastShare) : top;
  const x2 = corner[0] === 1 ? within(right + dx, left + leastShare, 1) : right;
  const y2 = corner[1] === 1 ? within(bottom + dy, top + leastShare, 1) : bottom;
  return { left: x, top: y, width: x2 - x, height: y2 - y };
}
