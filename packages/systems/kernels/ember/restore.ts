import {
  balanceCells,
  blue,
  blueDetail,
  cells,
  confidence,
  floatBytes,
  gain,
  gainCells,
  green,
  greenDetail,
  ownBlue,
  ownGreen,
  ownRed,
  red,
  redDetail,
  saturationCells,
  tones,
  vectorBytes,
} from "./rows";
import { clamp, greatestOf, highlightShare, interpolate, smoothStep } from "./vectors";

/**
 * Restores a row whose own roots are read: by what the analysis found, and the rows of the grids.
 *
 * @param from column of the first pixel; whole numbers of `cellOf` columns are the centres of cells.
 * @param share factor of all gains.
 * @param noiseShare factor of what the analysis takes off as noise.
 * @param redBlack encoded value of black, which is taken off, as those of green and blue.
 */
export function restore(
  from: i32,
  count: i32,
  width: i32,
  brightness: f32,
  share: f32,
  noiseShare: f32,
  redBlack: f32,
  greenBlack: f32,
  blueBlack: f32,
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
    let r = balanced(redRoot, redDetail + at, noiseShare, redBlack, interpolate(balanceCells, cell, right));
    let g = balanced(greenRoot, greenDetail + at, noiseShare, greenBlack, interpolate(greenCells, cell, right));
    let b = balanced(blueRoot, blueDetail + at, noiseShare, blueBlack, interpolate(blueCells, cell, right));
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

function balanced(root: v128, detail: usize, noiseShare: f32, black: f32, balance: v128): v128 {
  const zero = f32x4.splat(0);
  const clean = f32x4.add(root, f32x4.mul(f32x4.splat(noiseShare), v128.load(detail)));
  const above = f32x4.sub(f32x4.mul(clean, f32x4.pmax(clean, zero)), f32x4.splat(black));
  const roots = f32x4.sqrt(f32x4.pmax(f32x4.mul(above, f32x4.splat(1 / (1 - black))), zero));
  return clamp(f32x4.mul(roots, balance), zero, f32x4.splat(1));
}
