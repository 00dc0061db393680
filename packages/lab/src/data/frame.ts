import type { Random } from "@kindling/core";

/** Cells of the grid that frames are cut along, a side of the picture. */
export const frameCells = 64;

/** A part of a picture that a training shows as if it were the whole picture, in cells: `frameCells` are a side. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The whole picture. */
export const wholeFrame: Frame = { left: 0, top: 0, width: frameCells, height: frameCells };

/** Finds where a frame begins and how long it is along a side, in pixels; neither need be whole. */
export function frameAlong(frame: Frame, axis: "x" | "y", sidePx: number): { readonly start: number; length: number } {
  const [from, cells] = axis === "x" ? [frame.left, frame.width] : [frame.top, frame.height];
  return { start: (from * sidePx) / frameCells, length: (cells * sidePx) / frameCells };
}

/**
 * Draws a frame: half of the draws show the whole picture, the others keep between `leastShare` and all of each side. It
 * uses five random numbers, none where `leastShare` is 1.
 *
 * @param leastShare 0 to 1.
 * @param least sides in pixels that the frame must hold at whole pixels.
 */
export function drawFrame(
  { width, height }: { readonly width: number; readonly height: number },
  leastShare: number,
  leastPx: number,
  random: Random,
): Frame {
  if (leastShare === 1) return wholeFrame;
  const along = (sidePx: number) => {
    // One pixel more, since neither end need be at a whole pixel.
    const needed = Math.min(Math.ceil(((leastPx + 1) * frameCells) / sidePx), frameCells);
    const least = Math.max(Math.ceil(leastShare * frameCells), needed);
    const cells = least + Math.floor(random() * (frameCells - least + 1));
    return { from: Math.floor(random() * (frameCells - cells + 1)), cells };
  };
  const [x, y] = [along(width), along(height)];
  return random() < 0.5 ? wholeFrame : { left: x.from, top: y.from, width: x.cells, height: y.cells };
}
