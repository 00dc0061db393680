// Ember's work on rows of pixels, four at a time: AssemblyScript, which is not TypeScript for tsc. scripts/compile-kernels.ts
// makes a module of it; packages/systems/src/ember/row-kernel.ts calls it.

/** Bytes of a float, and of the four that a vector holds. */
const floatBytes: i32 = 4;
const vectorBytes: i32 = 16;

/** Forms of samples. */
const bytes: i32 = 1;
const words: i32 = 2;

// Planes of a row: one float for each pixel.

/** The photo's own square roots, which lighting replaces by the lit values; and its alpha. */
export let ownRed: usize = 0;
export let ownGreen: usize = 0;
export let ownBlue: usize = 0;
export let alpha: usize = 0;
/** The restored square roots and the gain. */
export let red: usize = 0;
export let green: usize = 0;
export let blue: usize = 0;
export let gain: usize = 0;
/** What the analysis found. */
export let redDetail: usize = 0;
export let greenDetail: usize = 0;
export let blueDetail: usize = 0;
export let confidence: usize = 0;

/** Pixels of the photo, channels interleaved: bytes, words of 16 bits or floats. */
export let samples: usize = 0;
/** A row of the maps: red, green, blue and gain, words of 16 bits, each from a place of its own on. */
export let mapWords: usize = 0;
/** Rows of the grids: cells of every tone of the gains, of red, green and blue of the balance, and of the saturation. */
export let gainCells: usize = 0;
export let balanceCells: usize = 0;
export let saturationCells: usize = 0;

let cells: i32 = 0;
let tones: i32 = 0;
let room: i32 = 0;

/** Makes room for rows of so many pixels. What the memory held is lost, and JavaScript's views of it are where it grows. */
export function layOut(pixels: i32, gridCells: i32, gridTones: i32): void {
  cells = gridCells;
  tones = gridTones;
  // Whole vectors, and one more, which the last pixels of interleaved samples reach into.
  room = ((pixels + 3) & ~3) + 4;
  let end = (__heap_base + 15) & ~15;
  const plane: usize = room * floatBytes;
  ownRed = end;
  ownGreen = ownRed + plane;
  ownBlue = ownGreen + plane;
  alpha = ownBlue + plane;
  red = alpha + plane;
  green = red + plane;
  blue = green + plane;
  gain = blue + plane;
  redDetail = gain + plane;
  greenDetail = redDetail + plane;
  blueDetail = greenDetail + plane;
  confidence = blueDetail + plane;
  samples = confidence + plane;
  mapWords = samples + 4 * plane;
  gainCells = mapWords + 2 * plane;
  balanceCells = gainCells + cells * tones * floatBytes;
  saturationCells = balanceCells + 3 * cells * floatBytes;
  // Beyond the last cell nothing counts, but it is read.
  end = saturationCells + cells * floatBytes + vectorBytes;
  const pages = <i32>((end + 0xffff) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
}

/** Reads the roots of red, green and blue, three times the same of grey photos, and the alpha where there is one. */
export function readSamples(count: i32, channels: i32, form: i32): void {
  readChannel(count, channels, form, 0, ownRed, true);
  readChannel(count, channels, form, channels < 3 ? 0 : 1, ownGreen, true);
  readChannel(count, channels, form, channels < 3 ? 0 : 2, ownBlue, true);
  if ((channels & 1) === 0) readChannel(count, channels, form, channels - 1, alpha, false);
}

function readChannel(count: i32, channels: i32, form: i32, channel: i32, to: usize, asRoots: bool): void {
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

function whiteOf(form: i32): f32 {
  return form === bytes ? 255 : form === words ? 65535 : 1;
}

/** Reads a row of the maps: roots and gains, of so many steps to a unit. */
export function readMaps(count: i32, rootSteps: f32, gainSteps: f32): void {
  const plane = (room * floatBytes) >> 1;
  readMap(count, mapWords, rootSteps, red);
  readMap(count, mapWords + plane, rootSteps, green);
  readMap(count, mapWords + 2 * plane, rootSteps, blue);
  readMap(count, mapWords + 3 * plane, gainSteps, gain);
}

function readMap(count: i32, from: usize, steps: f32, to: usize): void {
  const unit = f32x4.splat(1 / steps);
  for (let i = 0; i < count; i += 4) {
    const words = f32x4.convert_i32x4_s(v128.load16x4_u(from + 2 * i));
    v128.store(to + floatBytes * i, f32x4.mul(words, unit));
  }
}

/** Rounds a row to maps. */
export function writeMaps(count: i32, rootSteps: f32, gainSteps: f32): void {
  const plane = (room * floatBytes) >> 1;
  writeMap(count, red, rootSteps, mapWords);
  writeMap(count, green, rootSteps, mapWords + plane);
  writeMap(count, blue, rootSteps, mapWords + 2 * plane);
  writeMap(count, gain, gainSteps, mapWords + 3 * plane);
}

function writeMap(count: i32, from: usize, steps: f32, to: usize): void {
  const all = f32x4.splat(steps);
  for (let i = 0; i < count; i += 4) {
    const words = integersAt(from + floatBytes * i, all);
    v128.store64_lane(to + 2 * i, i16x8.narrow_i32x4_u(words, words), 0);
  }
}

/**
 * Restores a row whose own roots are read: by what the analysis found, and the rows of the grids.
 *
 * @param from column of the first pixel; whole numbers of `cellOf` columns are the centres of cells.
 * @param share factor of all gains.
 */
export function restore(
  from: i32,
  count: i32,
  width: i32,
  brightness: f32,
  share: f32,
  whiteFrom: f32,
  keptAtWhite: f32,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const cellsOfColumn = f32x4.splat(<f32>cells / <f32>width);
  const lastCell = f32x4.splat(<f32>(cells - 1));
  const darkestOfLast = i32x4.splat(tones - 2);
  const greenCells = balanceCells + cells * floatBytes;
  const blueCells = greenCells + cells * floatBytes;
  const whites = f32x4.splat(whiteFrom);
  let columns = f32x4.add(f32x4.splat(<f32>from), f32x4(0.5, 1.5, 2.5, 3.5));
  for (let at = 0; at < count * floatBytes; at += vectorBytes) {
    const place = clamp(f32x4.sub(f32x4.mul(columns, cellsOfColumn), f32x4.splat(0.5)), zero, lastCell);
    columns = f32x4.add(columns, f32x4.splat(4));
    const cell = i32x4.trunc_sat_f32x4_s(place);
    const right = f32x4.sub(place, f32x4.convert_i32x4_s(cell));
    const redRoot = v128.load(ownRed + at);
    const greenRoot = v128.load(ownGreen + at);
    const blueRoot = v128.load(ownBlue + at);
    let r = balanced(redRoot, redDetail + at, interpolate(balanceCells, cell, right));
    let g = balanced(greenRoot, greenDetail + at, interpolate(greenCells, cell, right));
    let b = balanced(blueRoot, blueDetail + at, interpolate(blueCells, cell, right));
    const greatest = greatestOf(r, g, b);
    const saturation = interpolate(saturationCells, cell, right);
    r = f32x4.pmax(f32x4.sub(greatest, f32x4.mul(saturation, f32x4.sub(greatest, r))), zero);
    g = f32x4.pmax(f32x4.sub(greatest, f32x4.mul(saturation, f32x4.sub(greatest, g))), zero);
    b = f32x4.pmax(f32x4.sub(greatest, f32x4.mul(saturation, f32x4.sub(greatest, b))), zero);
    // What is nearly white is kept as it is, smoothly up to white.
    const brightestRoot = greatestOf(redRoot, greenRoot, blueRoot);
    if (v128.any_true(f32x4.gt(brightestRoot, whites))) {
      const kept = smoothStep(f32x4.mul(f32x4.sub(brightestRoot, whites), f32x4.splat(1 / (1 - whiteFrom))));
      r = f32x4.add(r, f32x4.mul(kept, f32x4.sub(redRoot, r)));
      g = f32x4.add(g, f32x4.mul(kept, f32x4.sub(greenRoot, g)));
      b = f32x4.add(b, f32x4.mul(kept, f32x4.sub(blueRoot, b)));
    }
    const brightest = greatestOf(r, g, b);
    const tone = f32x4.mul(
      f32x4.div(brightest, f32x4.add(brightest, f32x4.splat(brightness))),
      f32x4.splat(<f32>(tones - 1)),
    );
    const darker = i32x4.min_u(i32x4.trunc_sat_f32x4_s(tone), darkestOfLast);
    const darkerCell = i32x4.add(i32x4.mul(darker, i32x4.splat(cells)), cell);
    const below = interpolate(gainCells, darkerCell, right);
    const above = interpolate(gainCells + cells * floatBytes, darkerCell, right);
    const upwards = f32x4.mul(f32x4.sub(tone, f32x4.convert_i32x4_s(darker)), f32x4.sub(above, below));
    const spared = f32x4.sub(one, f32x4.mul(f32x4.splat(keptAtWhite), highlightShare(brightest)));
    const certain = f32x4.mul(f32x4.mul(v128.load(confidence + at), spared), f32x4.splat(share));
    v128.store(red + at, r);
    v128.store(green + at, g);
    v128.store(blue + at, b);
    v128.store(gain + at, f32x4.mul(certain, f32x4.add(below, upwards)));
  }
}

function balanced(root: v128, detail: usize, balance: v128): v128 {
  return clamp(f32x4.mul(f32x4.add(root, v128.load(detail)), balance), f32x4.splat(0), f32x4.splat(1));
}

/** Interpolates four times between a cell of a row and the next. */
function interpolate(row: usize, cell: v128, share: v128): v128 {
  const places = i32x4.shl(cell, 2);
  let first = v128.load64_zero(row + i32x4.extract_lane(places, 0));
  first = v128.load64_lane(row + i32x4.extract_lane(places, 1), first, 1);
  let second = v128.load64_zero(row + i32x4.extract_lane(places, 2));
  second = v128.load64_lane(row + i32x4.extract_lane(places, 3), second, 1);
  const left = i32x4.shuffle(first, second, 0, 2, 4, 6);
  const right = i32x4.shuffle(first, second, 1, 3, 5, 7);
  return f32x4.add(left, f32x4.mul(share, f32x4.sub(right, left)));
}

/**
 * Mixes the photo's own roots with the restored ones, which then are the restored ones: as much noise of luminance goes as
 * `denoise` says, and of colour as `denoiseColour` does.
 */
export function mix(
  count: i32,
  denoise: f32,
  denoiseColour: f32,
  redWeight: f32,
  greenWeight: f32,
  blueWeight: f32,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const ofColour = f32x4.splat(denoiseColour);
  const ofRed = f32x4.splat((denoise - denoiseColour) * redWeight);
  const ofGreen = f32x4.splat((denoise - denoiseColour) * greenWeight);
  const ofBlue = f32x4.splat((denoise - denoiseColour) * blueWeight);
  for (let at = 0; at < count * floatBytes; at += vectorBytes) {
    const r = v128.load(ownRed + at);
    const g = v128.load(ownGreen + at);
    const b = v128.load(ownBlue + at);
    const toRed = f32x4.sub(v128.load(red + at), r);
    const toGreen = f32x4.sub(v128.load(green + at), g);
    const toBlue = f32x4.sub(v128.load(blue + at), b);
    const luma = f32x4.add(f32x4.add(f32x4.mul(ofRed, toRed), f32x4.mul(ofGreen, toGreen)), f32x4.mul(ofBlue, toBlue));
    v128.store(red + at, clamp(f32x4.add(f32x4.add(r, luma), f32x4.mul(ofColour, toRed)), zero, one));
    v128.store(green + at, clamp(f32x4.add(f32x4.add(g, luma), f32x4.mul(ofColour, toGreen)), zero, one));
    v128.store(blue + at, clamp(f32x4.add(f32x4.add(b, luma), f32x4.mul(ofColour, toBlue)), zero, one));
  }
}

/** Turns the roots of a row into encoded values, 0 to 1, lit by their gains. */
export function light(count: i32, share: f32, lift: f32, keepHighlights: f32): void {
  if (share === 0 && lift === 0) {
    // Exact, which the curves are not.
    squareAll(red, count);
    squareAll(green, count);
    squareAll(blue, count);
    return;
  }
  // Short loops: a processor works on the next pixels before it has done with one chain of operations.
  factorsOfGains(count, share, lift, keepHighlights);
  lightAll(red, count);
  lightAll(green, count);
  lightAll(blue, count);
}

function squareAll(plane: usize, count: i32): void {
  for (let at = plane; at < plane + count * floatBytes; at += vectorBytes) {
    const roots = v128.load(at);
    v128.store(at, f32x4.mul(roots, roots));
  }
}

/** Puts in the place of gains the factors of the roots of linear light. */
function factorsOfGains(count: i32, share: f32, lift: f32, keepHighlights: f32): void {
  const one = f32x4.splat(1);
  for (let at = 0; at < count * floatBytes; at += vectorBytes) {
    const brightest = greatestOf(v128.load(red + at), v128.load(green + at), v128.load(blue + at));
    let wanted = f32x4.add(f32x4.mul(f32x4.splat(share), v128.load(gain + at)), f32x4.splat(lift));
    if (keepHighlights !== 0) {
      const kept = f32x4.mul(f32x4.splat(keepHighlights), highlightShare(brightest));
      wanted = f32x4.mul(wanted, f32x4.sub(one, kept));
    }
    // As k m / (k m + 1 - m), which near white and at negative gains loses no digits.
    const lit = f32x4.mul(exponential(wanted), brightest);
    const most = f32x4.div(lit, f32x4.add(lit, f32x4.sub(one, brightest)));
    // Of black, whose factor does not matter, no division by 0.
    const before = f32x4.pmax(lightRootOf(brightest), f32x4.splat(1e-30));
    v128.store(gain + at, f32x4.div(lightRootOf(most), before));
  }
}

/** Lights the roots of a colour by the factors in the place of gains. */
function lightAll(plane: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (let at = 0; at < count * floatBytes; at += vectorBytes) {
    const lit = f32x4.mul(v128.load(gain + at), lightRootOf(v128.load(plane + at)));
    v128.store(plane + at, f32x4.pmin(encodedOf(lit), one));
  }
}

function greatestOf(r: v128, g: v128, b: v128): v128 {
  return f32x4.pmax(f32x4.pmax(r, g), b);
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
    const nearFirst = i32x4.shuffle(r, g, 0, 4, 1, 5);
    const nearLast = i32x4.shuffle(b, a, 0, 4, 1, 5);
    const farFirst = i32x4.shuffle(r, g, 2, 6, 3, 7);
    const farLast = i32x4.shuffle(b, a, 2, 6, 3, 7);
    v128.store(to, i64x2.shuffle(nearFirst, nearLast, 0, 2));
    v128.store(to + step, i64x2.shuffle(nearFirst, nearLast, 1, 3));
    v128.store(to + 2 * step, i64x2.shuffle(farFirst, farLast, 0, 2));
    v128.store(to + 3 * step, i64x2.shuffle(farFirst, farLast, 1, 3));
  }
}

/** The nearest integers of a plane's values, halves upwards, not below 0. */
function integersAt(plane: usize, white: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(v128.load(plane), white), f32x4.splat(0.5)));
}

/** How far pixels of these greatest roots count as bright: from 0 at a quarter of the encoded range to 1 at white. */
function highlightShare(brightest: v128): v128 {
  return smoothStep(f32x4.sub(f32x4.add(brightest, brightest), f32x4.splat(1)));
}

/** Rises smoothly from 0 at 0 to 1 at 1. */
function smoothStep(values: v128): v128 {
  const place = clamp(values, f32x4.splat(0), f32x4.splat(1));
  return f32x4.mul(f32x4.mul(place, place), f32x4.sub(f32x4.splat(3), f32x4.add(place, place)));
}

function clamp(values: v128, least: v128, greatest: v128): v128 {
  return f32x4.pmin(f32x4.pmax(values, least), greatest);
}

// Curves as polynomials of least greatest error, for floats of 32 bits; packages/systems/src/ember/row-kernel.test.ts measures
// what they miss. Numbers stay in memory: V8 builds a constant anew in four instructions at each use, and reads one in one.

/** 2^x within half of 0, to 3e-6 of it; coefficients from that of power 0 on. */
const powerOfTwo = memory.data<f32>([
  0.9999992847442627, 0.6931217908859253, 0.240247443318367, 0.05591785907745361, 0.009570102207362652,
]);

/** ((root^2 + 0.055) / 1.055)^1.2 from the root of 0.04045 to 1, to 4e-6 of it. */
const lightOfRoot = memory.data<f32>([
  0.028091467916965485, 0.016193507239222527, 0.4911316931247711, 0.6199098825454712, -0.19357839226722717,
  0.03825586289167404,
]);

/** 1.055 x^(5/3) - 0.055 from the fourth root of 0.0031308 to 1, to a tenth of a step of 16 bits. */
const valueOfLight = memory.data<f32>([
  -0.05954660847783089, 0.1396041363477707, 1.3659210205078125, -0.8529574871063232, 0.6571882963180542,
  -0.3184159994125366, 0.06820797920227051,
]);

/** Where the curves of sRGB are straight, and how steep, as roots; the base-2 logarithm of e; the greatest exponent. */
const numbers = memory.data<f32>([0.20112185, 0.2782074420373286, 0.05595355, 12.92, Mathf.LOG2E, 16, -16, 12582912]);

/** The number at a place of a table, four times. */
function numberAt(table: usize, index: usize): v128 {
  return v128.load32_splat(table + index * floatBytes);
}

/** Two terms of a polynomial, over the power of the first. */
function twoTerms(table: usize, index: usize, x: v128): v128 {
  return f32x4.add(numberAt(table, index), f32x4.mul(numberAt(table, index + 1), x));
}

// By Estrin's scheme, whose chains of operations are half as long as Horner's.

/** e^exponent, to 4e-6 of it; exponents beyond -16 to 16 count as these. */
function exponential(exponent: v128): v128 {
  const within = clamp(exponent, numberAt(numbers, 6), numberAt(numbers, 5));
  const power = f32x4.mul(within, numberAt(numbers, 4));
  // 1.5 * 2^23 leaves no bits for fractions: the lowest bits of the sum are the whole part.
  const rounded = f32x4.add(power, numberAt(numbers, 7));
  const x = f32x4.sub(power, f32x4.sub(rounded, numberAt(numbers, 7)));
  const x2 = f32x4.mul(x, x);
  const upper = f32x4.add(twoTerms(powerOfTwo, 2, x), f32x4.mul(numberAt(powerOfTwo, 4), x2));
  const value = f32x4.add(twoTerms(powerOfTwo, 0, x), f32x4.mul(upper, x2));
  // Adds to the exponent of the float.
  return i32x4.add(value, i32x4.shl(rounded, 23));
}

/** The square root of the linear light (sRGB) of a square root of an encoded value, both 0 to 1. */
function lightRootOf(root: v128): v128 {
  const x2 = f32x4.mul(root, root);
  const lower = f32x4.add(twoTerms(lightOfRoot, 0, root), f32x4.mul(twoTerms(lightOfRoot, 2, root), x2));
  const value = f32x4.add(lower, f32x4.mul(twoTerms(lightOfRoot, 4, root), f32x4.mul(x2, x2)));
  const straight = f32x4.mul(root, numberAt(numbers, 1));
  return v128.bitselect(value, straight, f32x4.gt(root, numberAt(numbers, 0)));
}

/** The encoded value (sRGB) of a square root of linear light, both 0 to 1. */
function encodedOf(lightRoot: v128): v128 {
  const x = f32x4.sqrt(lightRoot);
  const lower = f32x4.add(twoTerms(valueOfLight, 0, x), f32x4.mul(twoTerms(valueOfLight, 2, x), lightRoot));
  const upper = f32x4.add(twoTerms(valueOfLight, 4, x), f32x4.mul(numberAt(valueOfLight, 6), lightRoot));
  const light = f32x4.mul(lightRoot, lightRoot);
  const value = f32x4.add(lower, f32x4.mul(upper, light));
  const straight = f32x4.mul(light, numberAt(numbers, 3));
  return v128.bitselect(value, straight, f32x4.gt(lightRoot, numberAt(numbers, 2)));
}
