import { encodedOf, exponential, lightRootOf } from "./curves";
import { blue, floatBytes, gain, green, ownBlue, ownGreen, ownRed, red, vectorBytes } from "./rows";
import { clamp, greatestOf, highlightShare, smoothStep } from "./vectors";

/**
 * Mixes the photo's own roots with the restored ones, which then are the restored ones: as much noise of luminance goes as
 * `denoise` says, and of colour as `denoiseColour` does; more of both from `faintGain` to `strongGain`, which lift noise.
 */
export function mix(
  count: i32,
  denoise: f32,
  denoiseColour: f32,
  redWeight: f32,
  greenWeight: f32,
  blueWeight: f32,
  faintGain: f32,
  strongGain: f32,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const lumaRise = f32x4.splat(riseOf(denoise));
  const colourRise = f32x4.splat(riseOf(denoiseColour));
  for (let at = 0; at < count * floatBytes; at += vectorBytes) {
    const r = v128.load(ownRed + at);
    const g = v128.load(ownGreen + at);
    const b = v128.load(ownBlue + at);
    const toRed = f32x4.sub(v128.load(red + at), r);
    const toGreen = f32x4.sub(v128.load(green + at), g);
    const toBlue = f32x4.sub(v128.load(blue + at), b);
    const toLuma = f32x4.add(
      f32x4.add(f32x4.mul(f32x4.splat(redWeight), toRed), f32x4.mul(f32x4.splat(greenWeight), toGreen)),
      f32x4.mul(f32x4.splat(blueWeight), toBlue),
    );
    const lifted = smoothStep(
      f32x4.mul(f32x4.sub(v128.load(gain + at), f32x4.splat(faintGain)), f32x4.splat(1 / (strongGain - faintGain))),
    );
    const ofColour = f32x4.add(f32x4.splat(denoiseColour), f32x4.mul(lifted, colourRise));
    const ofLuma = f32x4.add(f32x4.splat(denoise), f32x4.mul(lifted, lumaRise));
    const luma = f32x4.mul(f32x4.sub(ofLuma, ofColour), toLuma);
    v128.store(red + at, clamp(f32x4.add(f32x4.add(r, luma), f32x4.mul(ofColour, toRed)), zero, one));
    v128.store(green + at, clamp(f32x4.add(f32x4.add(g, luma), f32x4.mul(ofColour, toGreen)), zero, one));
    v128.store(blue + at, clamp(f32x4.add(f32x4.add(b, luma), f32x4.mul(ofColour, toBlue)), zero, one));
  }
}

/** How much the share of noise that is removed rises from its strength to 1 - (1 - strength)^3. */
function riseOf(strength: f32): f32 {
  return strength * (1 - strength) * (2 - strength);
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
  litRoots(count, share, lift, keepHighlights);
  lightRoots(red, count);
  lightRoots(green, count);
  lightRoots(blue, count);
  factors(count);
  encodeAll(red, count);
  encodeAll(green, count);
  encodeAll(blue, count);
}

function squareAll(plane: usize, count: i32): void {
  for (let at = plane; at < plane + count * floatBytes; at += vectorBytes) {
    const roots = v128.load(at);
    v128.store(at, f32x4.mul(roots, roots));
  }
}

/** Puts in the place of gains the roots of linear light of the greatest channels as they are lit. */
function litRoots(count: i32, share: f32, lift: f32, keepHighlights: f32): void {
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
    v128.store(gain + at, lightRootOf(most));
  }
}

/** Turns roots of encoded values into roots of linear light. */
function lightRoots(plane: usize, count: i32): void {
  for (let at = plane; at < plane + count * floatBytes; at += vectorBytes) v128.store(at, lightRootOf(v128.load(at)));
}

/** Turns the lit roots of the greatest channels into factors of all. */
function factors(count: i32): void {
  for (let at = 0; at < count * floatBytes; at += vectorBytes) {
    const brightest = greatestOf(v128.load(red + at), v128.load(green + at), v128.load(blue + at));
    // Of black, whose factor does not matter, no division by 0.
    v128.store(gain + at, f32x4.div(v128.load(gain + at), f32x4.pmax(brightest, f32x4.splat(1e-30))));
  }
}

/** Lights a colour by the factors in the place of gains. */
function encodeAll(plane: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (let at = 0; at < count * floatBytes; at += vectorBytes) {
    const lit = f32x4.mul(v128.load(gain + at), v128.load(plane + at));
    v128.store(plane + at, f32x4.pmin(encodedOf(lit), one));
  }
}
