export function greatestOf(r: v128, g: v128, b: v128): v128 {
  return f32x4.pmax(f32x4.pmax(r, g), b);
}

/** How far pixels of these greatest roots count as bright: from 0 at a quarter of the encoded range to 1 at white. */
export function highlightShare(brightest: v128): v128 {
  return smoothStep(f32x4.sub(f32x4.add(brightest, brightest), f32x4.splat(1)));
}

/** Rises smoothly from 0 at 0 to 1 at 1. */
export function smoothStep(values: v128): v128 {
  const place = clamp(values, f32x4.splat(0), f32x4.splat(1));
  return f32x4.mul(f32x4.mul(place, place), f32x4.sub(f32x4.splat(3), f32x4.add(place, place)));
}

export function clamp(values: v128, least: v128, greatest: v128): v128 {
  return f32x4.pmin(f32x4.pmax(values, least), greatest);
}
