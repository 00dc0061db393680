import { createPicture, type Picture } from "@kindling/core";

/** What part of a photo is kept, and how it is turned. */
export interface PhotoFrame {
  /** Quarter turns clockwise; they move pixels and change none. */
  readonly turns: 0 | 1 | 2 | 3;
  /** Degrees clockwise, -45 to 45, by which the turned photo is straightened; what then lies outside is cut off. */
  readonly degrees: number;
  /** The part that is kept, in shares (0 to 1) of the turned and straightened photo. */
  readonly crop: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

/** The frame that keeps the whole photo as it is. */
export const wholeFrame: PhotoFrame = { turns: 0, degrees: 0, crop: { left: 0, top: 0, width: 1, height: 1 } };

/** Size of a framed photo, and where its pixels come from. */
export interface FrameGeometry {
  readonly width: number;
  readonly height: number;
  /** `[a, b, c, d, e, f]`: the place (x, y) of the framed photo is that of (ax + cy + e, bx + dy + f) of the photo (px). */
  readonly toSource: readonly [number, number, number, number, number, number];
}

/**
 * Works out the size of a framed photo and the map from its places to those of the photo.
 *
 * @param size of the photo before it is framed (px).
 * @example
 * // runs
 * const quarterTurn = { ...wholeFrame, turns: 1 } as const;
 * geometryOfFrame(quarterTurn, { width: 600, height: 400 }).width; // 400
 */
export function geometryOfFrame(
  { turns, degrees, crop }: PhotoFrame,
  { width, height }: { readonly width: number; readonly height: number },
): FrameGeometry {
  const [across, down] = turns % 2 === 0 ? [width, height] : [height, width];
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // Of the turned photo's proportions, the largest that has no empty corner.
  const shrink = Math.abs(cos) + Math.abs(sin) * Math.max(across / down, down / across);
  const [innerWidth, innerHeight] = [across / shrink, down / shrink];
  const settle = degrees === 0 ? Math.round : (value: number) => value;
  const left = settle(crop.left * innerWidth);
  const top = settle(crop.top * innerHeight);
  const locate = (x: number, y: number): [number, number] => {
    const [dx, dy] = [left + x - innerWidth / 2, top + y - innerHeight / 2];
    const xt = cos * dx + sin * dy + across / 2;
    const yt = cos * dy - sin * dx + down / 2;
    if (turns === 1) return [yt, height - xt];
    if (turns === 2) return [width - xt, height - yt];
    return turns === 3 ? [width - yt, xt] : [xt, yt];
  };
  const [e, f] = locate(0, 0);
  const [ax, ay] = locate(1, 0);
  const [cx, cy] = locate(0, 1);
  return {
    width: Math.max(1, Math.min(Math.round(crop.width * innerWidth), Math.round(innerWidth))),
    height: Math.max(1, Math.min(Math.round(crop.height * innerHeight), Math.round(innerHeight))),
    toSource: [ax - e, ay - f, cx - e, cy - f, e, f],
  };
}

/**
 * Frames a picture: exactly where it is not straightened, else by cubic interpolation (Catmull-Rom); the same picture where
 * all of it is kept as it is.
 */
export function framePicture(picture: Picture, frame: PhotoFrame): Picture {
  if (keepsAll(frame)) return picture;
  const { width, height, toSource } = geometryOfFrame(frame, picture);
  const [a, b, c, d, e, f] = toSource;
  const framed = createPicture(width, height, picture.channels);
  const { channels, samples } = picture;
  const clampX = (x: number) => Math.min(Math.max(x, 0), picture.width - 1);
  const clampY = (y: number) => Math.min(Math.max(y, 0), picture.height - 1);
  let at = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += channels) {
      const x = a * (column + 0.5) + c * (row + 0.5) + e - 0.5;
      const y = b * (column + 0.5) + d * (row + 0.5) + f - 0.5;
      if (frame.degrees === 0) {
        const from = (clampY(Math.round(y)) * picture.width + clampX(Math.round(x))) * channels;
        for (let channel = 0; channel < channels; channel++) framed.samples[at + channel] = samples[from + channel];
        continue;
      }
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const [across, down] = [weigh(x - x0), weigh(y - y0)];
      for (let i = 0; i < 4; i++) {
        const line = clampY(y0 + i - 1) * picture.width;
        for (let j = 0; j < 4; j++) {
          const weight = down[i] * across[j];
          const from = (line + clampX(x0 + j - 1)) * channels;
          for (let channel = 0; channel < channels; channel++) {
            framed.samples[at + channel] += weight * samples[from + channel];
          }
        }
      }
    }
  }
  return framed;
}

function keepsAll({ turns, degrees, crop: { left, top, width, height } }: PhotoFrame): boolean {
  return turns === 0 && degrees === 0 && left === 0 && top === 0 && width === 1 && height === 1;
}

/** Weights of four neighbours for a place between the middle two. Source: Catmull and Rom, 1974; Keys, 1981, a = -0.5. */
function weigh(t: number): readonly [number, number, number, number] {
  return [
    t * (-0.5 + t * (1 - 0.5 * t)),
    1 + t * t * (1.5 * t - 2.5),
    t * (0.5 + t * (2 - 1.5 * t)),
    t * t * (0.5 * t - 0.5),
  ];
}
