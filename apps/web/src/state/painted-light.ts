import type { Stroke } from "./settings.ts";

/** Side of the painted map (px): fine enough for the brush's soft edge. */
const side = 256;

/** Light that strokes add at each place, in stops. */
export interface PaintedLight {
  readonly width: number;
  readonly height: number;
  readonly stops: Float32Array;
}

/** Adds up strokes: of those that brighten a place the strongest counts, likewise of those that darken it. */
export function paintLight(strokes: readonly Stroke[]): PaintedLight {
  const stops = new Float32Array(side * side);
  for (const sign of [1, -1]) {
    const ofSign = strokes.filter((stroke) => Math.sign(stroke.stops) === sign);
    if (ofSign.length === 0) continue;
    const shares = paintStrokes(ofSign);
    const most = Math.max(...ofSign.map((stroke) => Math.abs(stroke.stops)));
    for (let i = 0; i < stops.length; i++) stops[i] = (stops[i] ?? 0) + (sign * most * (shares[4 * i + 3] ?? 0)) / 255;
  }
  return { width: side, height: side, stops };
}

function paintStrokes(strokes: readonly Stroke[]): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser offers no 2D canvas.");
  for (const stroke of strokes) drawStroke(context, stroke, side, side);
  return context.getImageData(0, 0, side, side).data;
}

/** Draws a stroke with a soft edge onto a canvas that covers the whole photo. */
export function drawStroke(
  context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D,
  { points, size, aspect }: Stroke,
  width: number,
  height: number,
): void {
  // The canvas may have other proportions than the photo, on which the brush is round.
  const [across, down] = aspect >= 1 ? [size, size * aspect] : [size / aspect, size];
  context.save();
  context.scale(width * across, height * down);
  context.lineCap = "round";
  context.lineJoin = "round";
  // Lines of falling width, drawn over each other, make a soft edge in every browser: their joint coverage rises
  // smoothly from 0 at the rim to 1 in the middle.
  const rings = 20;
  let covered = 0;
  for (let ring = 1; ring <= rings; ring++) {
    const share = ring / rings;
    const wanted = share * share * (3 - 2 * share);
    context.strokeStyle = `rgb(255 190 130 / ${(wanted - covered) / (1 - covered)})`;
    context.lineWidth = 1 - 0.75 * share;
    covered = wanted;
    context.beginPath();
    for (let i = 0; i < points.length; i += 2) {
      context.lineTo((points[i] ?? 0) / across, (points[i + 1] ?? 0) / down);
    }
    // A tap has one point: a line needs two.
    if (points.length === 2) context.lineTo((points[0] ?? 0) / across + 1e-4, (points[1] ?? 0) / down);
    context.stroke();
  }
  context.restore();
}
