/** Adds the bias and, where there is one, the pixel of another map; then negative values become 0 where the mode says so. */
export function finishPixel(product: v128, bias: v128, to: usize, residual: usize, mode: i32): void {
  let value = f32x4.add(product, bias);
  if (residual) value = f32x4.add(value, v128.load(residual));
  if (mode) value = f32x4.pmax(f32x4.splat(0), value);
  v128.store(to, value);
}
