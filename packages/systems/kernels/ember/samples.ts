import {
  alpha,
  blue,
  floatBytes,
  gain,
  green,
  mapWords,
  ownBlue,
  ownGreen,
  ownRed,
  red,
  room,
  samples,
  vectorBytes,
} from "./rows";
import { storeColumns } from "./vectors";

/** Forms of samples. */
const bytes: i32 = 1;
const words: i32 = 2;

/** Reads the roots of red, green and blue, three times the same of grey photos, and the alpha where there is one. */
export function readSamples(count: i32, channels: i32, form: i32): void {
  readChannel(count, channels, form, 0, ownRed, true);
  readChannel(count, channels, form, channels < 3 ? 0 : 1, ownGreen, true);
  readChannel(count, channels, form, channels < 3 ? 0 : 2, ownBlue, true);
  if ((channels & 1) === 0) readChannel(count, channels, form, channels - 1, alpha, false);
}

/** Reads a channel of interleaved samples into a plane. */
export function readChannel(count: i32, channels: i32, form: i32, channel: i32, to: usize, asRoots: bool): void {
  const unit = f32x4.splat(1 / whiteOf(form));
  const zero = f32x4.splat(0);
  const step = channels * form;
  let from = samples + channel * form;
  // Where the bytes of four samples lie from the first on; 255 is none.
  const places =
    form === bytes
      ? i32x4(-256, step - 256, 2 * step - 256, 3 * step - 256)
      : i32x4(-0xff00, step * 0x101 - 0xff00, -1, -1);
  const farPlaces = i8x16.shuffle(places, places, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  for (let at = to; at < to + count * floatBytes; at += vectorBytes, from += 4 * step) {
    let values: v128;
    if (form === bytes) {
      values = f32x4.convert_i32x4_s(i8x16.swizzle(v128.load(from), places));
    } else if (form === words) {
      const near = i8x16.swizzle(v128.load(from), places);
      values = f32x4.convert_i32x4_s(v128.or(near, i8x16.swizzle(v128.load(from + 2 * step), farPlaces)));
    } else {
      values = f32x4(load<f32>(from), load<f32>(from + step), load<f32>(from + 2 * step), load<f32>(from + 3 * step));
    }
    values = f32x4.mul(values, unit);
    v128.store(at, asRoots ? f32x4.sqrt(f32x4.pmax(values, zero)) : values);
  }
}

/** Four samples as floats, as they come one after the other. */
export function samplesAt(from: usize, form: i32): v128 {
  if (form === bytes) return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(v128.load8x8_u(from)));
  if (form === words) return f32x4.convert_i32x4_s(v128.load16x4_u(from));
  return v128.load(from);
}

/** White in a form. */
export function whiteOf(form: i32): f32 {
  return form === bytes ? 255 : form === words ? 65535 : 1;
}

/** Reads a row of the maps: roots and gains, of so many steps to a unit. */
export function readMaps(count: i32, rootSteps: f32, gainSteps: f32): void {
  readMap(count, 0, rootSteps, 0, red);
  readMap(count, 1, rootSteps, 0, green);
  readMap(count, 2, rootSteps, 0, blue);
  readMap(count, 3, gainSteps, 0, gain);
}

/** Reads a map of words, of so many steps to a unit, of which `zero` is 0. */
export function readMap(count: i32, map: i32, steps: f32, zero: f32, to: usize): void {
  const unit = f32x4.splat(1 / steps);
  const from = mapWords + map * mapBytes();
  for (let i = 0; i < count; i += 4) {
    const words = f32x4.convert_i32x4_s(v128.load16x4_u(from + 2 * i));
    v128.store(to + floatBytes * i, f32x4.mul(f32x4.sub(words, f32x4.splat(zero)), unit));
  }
}

/** Rounds a row to maps. */
export function writeMaps(count: i32, rootSteps: f32, gainSteps: f32): void {
  writeMap(count, red, rootSteps, 0, 0);
  writeMap(count, green, rootSteps, 0, 1);
  writeMap(count, blue, rootSteps, 0, 2);
  writeMap(count, gain, gainSteps, 0, 3);
}

/** Rounds a plane to a map of words, of so many steps to a unit, of which `zero` is 0. */
export function writeMap(count: i32, from: usize, steps: f32, zero: f32, map: i32): void {
  const all = f32x4.splat(steps);
  const half = f32x4.splat(zero + 0.5);
  const to = mapWords + map * mapBytes();
  for (let i = 0; i < count; i += 4) {
    const words = integersAt(from + floatBytes * i, all, half);
    v128.store64_lane(to + 2 * i, i16x8.narrow_i32x4_u(words, words), 0);
  }
}

function mapBytes(): i32 {
  return (room * floatBytes) >> 1;
}

/** Writes a row of encoded values, 0 to 1, rounded where they become integers; of grey photos the mean. */
export function writeSamples(count: i32, channels: i32, form: i32): void {
  if (channels < 3) meanOfColours(count);
  if (form === bytes) writeBytes(count, channels);
  else if (form === words) writeWords(count, channels);
  else writeFloats(count, channels);
}

function meanOfColours(count: i32): void {
  for (let at = 0; at < count * floatBytes; at += vectorBytes) {
    const sum = f32x4.add(f32x4.add(v128.load(red + at), v128.load(green + at)), v128.load(blue + at));
    v128.store(red + at, f32x4.div(sum, f32x4.splat(3)));
  }
}

// What a vector of interleaved samples holds beyond four pixels, the next one overwrites.

function writeBytes(count: i32, channels: i32): void {
  const white = f32x4.splat(255);
  const order = interleavedOrder(channels);
  for (let at = 0, to = samples; at < count * floatBytes; at += vectorBytes, to += 4 * channels) {
    const first = i16x8.narrow_i32x4_u(integersAt(red + at, white), integersAt(green + at, white));
    const last = i16x8.narrow_i32x4_u(integersAt(blue + at, white), integersAt(alpha + at, white));
    v128.store(to, i8x16.swizzle(i8x16.narrow_i16x8_u(first, last), order));
  }
}

function writeWords(count: i32, channels: i32): void {
  const white = f32x4.splat(65535);
  const order = interleavedOrder(channels);
  const next = i8x16.swizzle(
    order,
    i8x16.add(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>(2 * channels))),
  );
  const near = placesOfWords(order);
  const far = placesOfWords(next);
  const toLast = i8x16.splat(16);
  const nearOfLast = i8x16.sub(near, toLast);
  const farOfLast = i8x16.sub(far, toLast);
  for (let at = 0, to = samples; at < count * floatBytes; at += vectorBytes, to += 8 * channels) {
    const first = i16x8.narrow_i32x4_u(integersAt(red + at, white), integersAt(green + at, white));
    const last = i16x8.narrow_i32x4_u(integersAt(blue + at, white), integersAt(alpha + at, white));
    v128.store(to, v128.or(i8x16.swizzle(first, near), i8x16.swizzle(last, nearOfLast)));
    v128.store(to + 4 * channels, v128.or(i8x16.swizzle(first, far), i8x16.swizzle(last, farOfLast)));
  }
}

/** Which of four reds, greens, blues and alphas come one after the other; -1 is none. Of grey photos red is the grey. */
function interleavedOrder(channels: i32): v128 {
  if (channels === 4) return i8x16(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  if (channels === 3) return i8x16(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, -1, -1, -1, -1);
  if (channels === 2) return i8x16(0, 12, 1, 13, 2, 14, 3, 15, -1, -1, -1, -1, -1, -1, -1, -1);
  return i8x16(0, 1, 2, 3, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
}

/** The places of the two bytes of each of the first eight words of an order. */
function placesOfWords(order: v128): v128 {
  return i16x8.add(i16x8.mul(i16x8.extend_low_i8x16_s(order), i16x8.splat(0x202)), i16x8.splat(0x100));
}

function writeFloats(count: i32, channels: i32): void {
  const step = channels * floatBytes;
  for (let at = 0, to = samples; at < count * floatBytes; at += vectorBytes, to += 4 * step) {
    const r = v128.load(red + at);
    if (channels === 1) {
      v128.store(to, r);
      continue;
    }
    const a = v128.load(alpha + at);
    if (channels === 2) {
      v128.store(to, i32x4.shuffle(r, a, 0, 4, 1, 5));
      v128.store(to + 2 * step, i32x4.shuffle(r, a, 2, 6, 3, 7));
      continue;
    }
    const g = v128.load(green + at);
    const b = v128.load(blue + at);
    storeColumns(r, g, b, a, to, step);
  }
}

/** The nearest integers of a plane's values, halves upwards, not below 0. */
function integersAt(plane: usize, white: v128, half: v128 = f32x4.splat(0.5)): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(v128.load(plane), white), half));
}
