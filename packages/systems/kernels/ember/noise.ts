import { exponential } from "./curves";
import {
  blockPlanes,
  blockPx,
  blockRoom,
  blocks,
  blueDetail,
  blurred,
  coarseShare,
  colourShare,
  fineShare,
  floatBytes,
  greenDetail,
  margin,
  ownBlue,
  ownGreen,
  ownRed,
  reach,
  redDetail,
  room,
  smoothMaps,
  smoothRows,
  vectorBytes,
  weights,
  window,
  windowPlane,
  windowRows,
} from "./rows";
import { readChannel } from "./samples";
import { storeColumns } from "./vectors";

/** What a pixel of a block takes of the block before its own, of its own and of the next one: bilinear doubling, twice. */
const enlargement = memory.data<f32>([0.375, 0.1875, 0.0625, 0, 0.625, 0.75, 0.75, 0.625, 0, 0.0625, 0.1875, 0.375]);

/**
 * Puts the pixels of rows of blocks next to each other, and enlarges the smooth maps.
 *
 * @param phase row of the pixels in their blocks, 0 to 3.
 */
export function placeBlocks(count: i32, phase: i32): void {
  for (let map = 0; map < smoothMaps; map++) enlargeSmooth(map, count, phase);
  const row: usize = blockRoom * floatBytes;
  for (let plane = 0; plane < blockPlanes; plane++) {
    let from = blocks + plane * blockPx * row;
    const first = redDetail + plane * room * floatBytes;
    for (let to = first; to < first + count * floatBytes; to += 4 * vectorBytes, from += vectorBytes) {
      const a = v128.load(from);
      const b = v128.load(from + row);
      const c = v128.load(from + 2 * row);
      const d = v128.load(from + 3 * row);
      storeColumns(a, b, c, d, to, vectorBytes);
    }
  }
}

/** Enlarges a smooth map for a row of pixels, and takes its sigmoid. */
function enlargeSmooth(map: i32, count: i32, phase: i32): void {
  const row: usize = blockRoom * floatBytes;
  const above = smoothRows + 3 * map * row;
  // Adds the rows up in the place of the first.
  const ofAbove = v128.load32_splat(enlargement + phase * floatBytes);
  const ofOwn = v128.load32_splat(enlargement + (4 + phase) * floatBytes);
  const ofBelow = v128.load32_splat(enlargement + (8 + phase) * floatBytes);
  const end: usize = (count / blockPx + 3) * floatBytes;
  for (let at: usize = 0; at < end; at += vectorBytes) {
    const outer = f32x4.add(
      f32x4.mul(v128.load(above + at), ofAbove),
      f32x4.mul(v128.load(above + 2 * row + at), ofBelow),
    );
    v128.store(above + at, f32x4.add(outer, f32x4.mul(v128.load(above + row + at), ofOwn)));
  }
  const one = f32x4.splat(1);
  let from = above;
  const first = coarseShare + map * room * floatBytes;
  for (let to = first; to < first + count * floatBytes; to += vectorBytes, from += floatBytes) {
    const outer = f32x4.add(
      f32x4.mul(v128.load32_splat(from), v128.load(enlargement)),
      f32x4.mul(v128.load32_splat(from + 2 * floatBytes), v128.load(enlargement + 2 * vectorBytes)),
    );
    const value = f32x4.add(
      outer,
      f32x4.mul(v128.load32_splat(from + floatBytes), v128.load(enlargement + vectorBytes)),
    );
    v128.store(to, f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(value)))));
  }
}

/** The first pixel of red in a row of the window. */
function windowRow(index: i32): usize {
  return window + index * 4 * windowPlane + margin * floatBytes;
}

/** Reads samples into a row of the window, from the column `from` on, which may be to the left of its first pixel. */
export function readWindowRow(index: i32, from: i32, count: i32, channels: i32, form: i32): void {
  const red = windowRow(index) + from * floatBytes;
  readChannel(count, channels, form, 0, red, true);
  readChannel(count, channels, form, channels < 3 ? 0 : 1, red + windowPlane, true);
  readChannel(count, channels, form, channels < 3 ? 0 : 2, red + 2 * windowPlane, true);
}

/** Computes the mean of the colours of a row of the window, and of its margins. */
export function greyWindowRow(index: i32, count: i32): void {
  const first = windowRow(index) - margin * floatBytes;
  const third = f32x4.splat(<f32>1 / 3);
  for (let at = first; at < first + (count + 2 * margin) * floatBytes; at += vectorBytes) {
    const sum = f32x4.add(f32x4.add(v128.load(at), v128.load(at + windowPlane)), v128.load(at + 2 * windowPlane));
    v128.store(at + 3 * windowPlane, f32x4.mul(sum, third));
  }
}

/**
 * Subtracts from the detail of a row what its shares call noise: of the grey photo what differs between two blurs and from the
 * finer one, and of the colours what differs from the wider one. The own roots become those of the window.
 *
 * @param centre the row in the window, of which the others are above and below, in a ring.
 */
export function separateNoise(centre: i32, count: i32): void {
  for (let plane = 0; plane < 3; plane++) blurColumns(centre, plane, count);
  blurGreyColumns(centre, count);
  subtractNoise(windowRow(centre), count);
}

/** The row of the window so many above or below another one. */
function rowBeside(centre: i32, distance: i32): usize {
  const index = centre + distance;
  return windowRow(index < 0 ? index + windowRows : index >= windowRows ? index - windowRows : index);
}

function weight(index: i32): v128 {
  return v128.load32_splat(weights + index * floatBytes);
}

function pair(a: usize, b: usize, index: i32): v128 {
  return f32x4.mul(f32x4.add(v128.load(a), v128.load(b)), weight(index));
}

/** Sums five vectors up by the weights of the finer blur. */
function blurFinely(first: usize, second: usize, middle: usize, fourth: usize, fifth: usize): v128 {
  return f32x4.add(
    f32x4.mul(v128.load(middle), weight(reach + 1)),
    f32x4.add(pair(second, fourth, reach + 2), pair(first, fifth, reach + 3)),
  );
}

/** Blurs a colour in columns, its margins included. */
function blurColumns(centre: i32, plane: i32, count: i32): void {
  const offset = plane * windowPlane - margin * floatBytes;
  const row = rowBeside(centre, 0) + offset;
  const above1 = rowBeside(centre, -1) + offset;
  const above2 = rowBeside(centre, -2) + offset;
  const above3 = rowBeside(centre, -3) + offset;
  const above4 = rowBeside(centre, -4) + offset;
  const above5 = rowBeside(centre, -5) + offset;
  const below1 = rowBeside(centre, 1) + offset;
  const below2 = rowBeside(centre, 2) + offset;
  const below3 = rowBeside(centre, 3) + offset;
  const below4 = rowBeside(centre, 4) + offset;
  const below5 = rowBeside(centre, 5) + offset;
  const to = blurred + plane * windowPlane;
  const end: usize = (count + 2 * margin) * floatBytes;
  for (let at: usize = 0; at < end; at += vectorBytes) {
    const near = f32x4.add(
      f32x4.mul(v128.load(row + at), weight(0)),
      f32x4.add(pair(above1 + at, below1 + at, 1), pair(above2 + at, below2 + at, 2)),
    );
    const far = f32x4.add(pair(above3 + at, below3 + at, 3), pair(above4 + at, below4 + at, 4));
    v128.store(to + at, f32x4.add(f32x4.add(near, far), pair(above5 + at, below5 + at, 5)));
  }
}

/** Blurs the mean of the colours in columns by the finer blur. */
function blurGreyColumns(centre: i32, count: i32): void {
  const offset = 3 * windowPlane - margin * floatBytes;
  const row = rowBeside(centre, 0) + offset;
  const above1 = rowBeside(centre, -1) + offset;
  const above2 = rowBeside(centre, -2) + offset;
  const below1 = rowBeside(centre, 1) + offset;
  const below2 = rowBeside(centre, 2) + offset;
  const to = blurred + 3 * windowPlane;
  const end: usize = (count + 2 * margin) * floatBytes;
  for (let at: usize = 0; at < end; at += vectorBytes) {
    v128.store(to + at, blurFinely(above2 + at, above1 + at, row + at, below1 + at, below2 + at));
  }
}

/** Blurs four pixels of a plane that is blurred in columns in their row, by the wider blur. */
function blurRow(at: usize): v128 {
  const near = f32x4.add(
    f32x4.mul(v128.load(at), weight(0)),
    f32x4.add(pair(at - 4, at + 4, 1), pair(at - 8, at + 8, 2)),
  );
  const far = f32x4.add(pair(at - 12, at + 12, 3), pair(at - 16, at + 16, 4));
  return f32x4.add(f32x4.add(near, far), pair(at - 20, at + 20, 5));
}

function subtractNoise(own: usize, count: i32): void {
  const third = f32x4.splat(<f32>1 / 3);
  const first = blurred + margin * floatBytes;
  const end: usize = count * floatBytes;
  for (let at: usize = 0; at < end; at += vectorBytes) {
    const r = v128.load(own + at);
    const g = v128.load(own + windowPlane + at);
    const b = v128.load(own + 2 * windowPlane + at);
    const grey = v128.load(own + 3 * windowPlane + at);
    const smoothRed = blurRow(first + at);
    const smoothGreen = blurRow(first + windowPlane + at);
    const smoothBlue = blurRow(first + 2 * windowPlane + at);
    const smoothGrey = f32x4.mul(f32x4.add(f32x4.add(smoothRed, smoothGreen), smoothBlue), third);
    const middle = first + 3 * windowPlane + at;
    const fineGrey = blurFinely(middle - 8, middle - 4, middle, middle + 4, middle + 8);
    const greyNoise = f32x4.add(
      f32x4.mul(f32x4.sub(grey, fineGrey), v128.load(fineShare + at)),
      f32x4.mul(f32x4.sub(fineGrey, smoothGrey), v128.load(coarseShare + at)),
    );
    const ofColour = v128.load(colourShare + at);
    // Of each colour (own - smooth) - (grey - smoothGrey), by its share.
    const common = f32x4.sub(greyNoise, f32x4.mul(f32x4.sub(grey, smoothGrey), ofColour));
    subtract(redDetail + at, f32x4.sub(r, smoothRed), ofColour, common);
    subtract(greenDetail + at, f32x4.sub(g, smoothGreen), ofColour, common);
    subtract(blueDetail + at, f32x4.sub(b, smoothBlue), ofColour, common);
    v128.store(ownRed + at, r);
    v128.store(ownGreen + at, g);
    v128.store(ownBlue + at, b);
  }
}

function subtract(detail: usize, difference: v128, share: v128, common: v128): void {
  v128.store(detail, f32x4.sub(v128.load(detail), f32x4.add(f32x4.mul(difference, share), common)));
}
