import { blue, floatBytes, green, red, samples, sums, vectorBytes } from "./rows";
import { samplesAt, whiteOf } from "./samples";

/** Adds samples, times a weight, to the sums of rows; the first row's begin them. */
export function addSamples(count: i32, form: i32, weight: f32, isFirst: bool): void {
  const unit = f32x4.splat(weight / whiteOf(form));
  let from = samples;
  for (let at = sums; at < sums + count * floatBytes; at += vectorBytes, from += 4 * form) {
    const values = f32x4.mul(samplesAt(from, form), unit);
    v128.store(at, isFirst ? values : f32x4.add(v128.load(at), values));
  }
}

/** Reduces the sums of rows by area to the red, green and blue of a shorter row, of grey photos three times the same. */
export function reduceSums(inputs: i32, outputs: i32, channels: i32): void {
  const ratio = <f64>inputs / outputs;
  const share = f32x4.splat(<f32>(1 / ratio));
  const step = channels * floatBytes;
  for (let x = 0; x < outputs; x++) {
    const from = x * ratio;
    const to = min<f64>(inputs, (x + 1) * ratio);
    let pixel = f32x4.splat(0);
    for (let i = <i32>from; i < to; i++) {
      const covered = min<f64>(to, i + 1) - max<f64>(from, i);
      pixel = f32x4.add(pixel, f32x4.mul(f32x4.splat(<f32>covered), v128.load(sums + i * step)));
    }
    pixel = f32x4.mul(pixel, share);
    if (channels < 3) pixel = i32x4.shuffle(pixel, pixel, 0, 0, 0, 0);
    v128.store32_lane(red + x * floatBytes, pixel, 0);
    v128.store32_lane(green + x * floatBytes, pixel, 1);
    v128.store32_lane(blue + x * floatBytes, pixel, 2);
  }
}
