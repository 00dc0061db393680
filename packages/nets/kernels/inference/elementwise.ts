import {
  channelsOf,
  floatBytes,
  fromOf,
  heightOf,
  modeOf,
  otherOf,
  pixelAt,
  toOf,
  vectorBytes,
  widthOf,
} from "./records";

/** What is computed of each value, or of each two; `elementwiseModes` of packages/nets/src/inference/records.ts names them. */
const add: i32 = 0;
const sub: i32 = 1;
const mul: i32 = 2;
const largest: i32 = 3;
const relu: i32 = 4;
const root: i32 = 5;

/** Computes a row. The second operand is a map of the same size, or one of a single pixel that counts for all. */
export function computeRow(step: usize, unit: i32): void {
  const from = fromOf(step);
  const other = otherOf(step);
  const to = toOf(step);
  const mode = modeOf(step);
  const pixelBytes = channelsOf(to) * floatBytes;
  const bytes = widthOf(to) * pixelBytes;
  const source = pixelAt(from, 0, unit);
  const target = pixelAt(to, 0, unit);
  const isOne = other !== 0 && widthOf(other) === 1 && heightOf(other) === 1;
  const second = other ? pixelAt(other, 0, isOne ? 0 : unit) : source;
  const length = isOne ? pixelBytes : bytes;
  for (let begin = 0; begin < bytes; begin += length) {
    for (let at = 0; at < length; at += vectorBytes) {
      const value = compute(mode, v128.load(source + begin + at), v128.load(second + at));
      v128.store(target + begin + at, value);
    }
  }
}

function compute(mode: i32, a: v128, b: v128): v128 {
  if (mode === add) return f32x4.add(a, b);
  if (mode === mul) return f32x4.mul(a, b);
  if (mode === sub) return f32x4.sub(a, b);
  if (mode === largest) return f32x4.pmax(a, b);
  if (mode === relu) return f32x4.pmax(f32x4.splat(0), a);
  if (mode === root) return f32x4.sqrt(a);
  return sigmoid(a);
}

/** 1 / (1 + exp(-x)), exp by a power of two and a polynomial of what is left, within 2e-7 of it. */
function sigmoid(x: v128): v128 {
  const limited = f32x4.pmax(f32x4.pmin(x, f32x4.splat(80)), f32x4.splat(-80));
  const scaled = f32x4.mul(limited, f32x4.splat(<f32>-Math.LOG2E));
  const whole = f32x4.nearest(scaled);
  const rest = f32x4.mul(f32x4.sub(scaled, whole), f32x4.splat(<f32>Math.LN2));
  let power = f32x4.splat(0.0013888889);
  power = f32x4.add(f32x4.mul(power, rest), f32x4.splat(0.0083333333));
  power = f32x4.add(f32x4.mul(power, rest), f32x4.splat(0.0416666667));
  power = f32x4.add(f32x4.mul(power, rest), f32x4.splat(0.1666666667));
  power = f32x4.add(f32x4.mul(power, rest), f32x4.splat(0.5));
  power = f32x4.add(f32x4.mul(power, rest), f32x4.splat(1));
  power = f32x4.add(f32x4.mul(power, rest), f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 23);
  const grown = i32x4.add(power, exponent);
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), grown));
}
