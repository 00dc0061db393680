// Where rows of pixels lie in the memory. Like all of this folder it is AssemblyScript, which is not TypeScript for tsc:
// scripts/compile-kernels.ts makes one module of it, which packages/systems/src/ember/row-kernel.ts calls.

/** Bytes of a float, and of the four that a vector holds. */
export const floatBytes: i32 = 4;
export const vectorBytes: i32 = 16;

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

export let cells: i32 = 0;
export let tones: i32 = 0;
export let room: i32 = 0;

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
