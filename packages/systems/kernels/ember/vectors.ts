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

/** Interpolates four times between a value of a row and the next. */
export function interpolate(row: usize, cell: v128, share: v128): v128 {
  const places = i32x4.shl(cell, 2);
  let first = v128.load64_zero(row + i32x4.extract_lane(places, 0));
  first = v128.load64_lane(row + i32x4.extract_lane(places, 1), first, 1);
  let second = v128.load64_zero(row + i32x4.extract_lane(places, 2));
  second = v128.load64_lane(row + i32x4.extract_lane(places, 3), second, 1);
  const left = i32x4.shuffle(first, second, 0, 2, 4, 6);
  const right = i32x4.shuffle(first, second, 1, 3, 5, 7);
  return f32x4.add(left, f32x4.mul(share, f32x4.sub(right, left)));
}

/** Stores four vectors as columns: their first values one after the other, `step` bytes on their second ones, and so on. */
export function storeColumns(a: v128, b: v128, c: v128, d: v128, to: usize, step: usize): void {
  const nearFirst = i32x4.shuffle(a, b, 0, 4, 1, 5);
  const nearLast = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const farFirst = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const farLast = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(nearFirst, nearLast, 0, 2));
  v128.store(to + step, i64x2.shuffle(nearFirst, nearLast, 1, 3));
  v128.store(to + 2 * step, i64x2.shuffle(farFirst, farLast, 0, 2));
  v128.store(to + 3 * step, i64x2.shuffle(farFirst, farLast, 1, 3));
}
