/** An ellipse with axes along the sides of the picture, in pixels. */
export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
}

/** How much of a pixel an ellipse covers, 0 to 1: its edge is one pixel wide. */
export function coverEllipse({ x, y, radiusX, radiusY }: Ellipse, pixelX: number, pixelY: number): number {
  const distance = Math.hypot((pixelX - x) / radiusX, (pixelY - y) / radiusY);
  return Math.min(Math.max((1 - distance) * Math.min(radiusX, radiusY) + 0.5, 0), 1);
}
