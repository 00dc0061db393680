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
/** What the analysis found: the detail, the shares of what is noise, and the confidence, one after the other. */
export let redDetail: usize = 0;
export let greenDetail: usize = 0;
export let blueDetail: usize = 0;
export let fineShare: usize = 0;
export let coarseShare: usize = 0;
export let colourShare: usize = 0;
export let confidence: usize = 0;

/** The pixels of a row of a block. */
export const blockPx: i32 = 4;
/** The first four of these planes as rows of blocks: of each the first pixels of all blocks, the second ones, and so on. */
export const blockPlanes: i32 = 4;
export let blocks: usize = 0;
/** Maps that change smoothly from block to block: of each the row of blocks above the pixels, their own and the one below. */
export const smoothMaps: i32 = 3;
export let smoothRows: usize = 0;
/** Values from one row of blocks to the next. */
export let blockRoom: i32 = 0;

/** Rows of the window around a row of the photo: as many as the wider blur reaches above and below it. */
export const reach: i32 = 5;
export const windowRows: i32 = 2 * reach + 1;
/** Values before the first pixel of a plane of the window; they hold the pixels to the left of it. */
export const margin: i32 = 8;
/** Rows of the window, each of four planes: the roots of red, green and blue, and their mean. */
export let window: usize = 0;
/** A row of four planes blurred in columns: red, green and blue by the wider blur, their mean by the finer one. */
export let blurred: usize = 0;
/** Bytes of a plane of the window. */
export let windowPlane: usize = 0;
/** Weights of the wider blur from its centre on, then those of the finer one. */
export let weights: usize = 0;

/** Rows of a smaller picture, as many as neighbours and the row between them: of each its roots, its detail and its confidence. */
export const smallRowCount: i32 = 3;
export const smallMaps: i32 = 7;
export let smallRows: usize = 0;
/** Bytes of a map of these, which begins with a margin. */
export let smallPlane: usize = 0;
/** Sums over the cells of a row of cells: of grey what is taken off times what is there and the energy of that, then of the colours. */
export let cellSums: usize = 0;
/** Rows of the two shares, each the one above and the one below a row. */
export let shareRows: usize = 0;
/** A row between two of a smaller map. */
export let between: usize = 0;
/** For every column the one of the smaller maps to its left, and how far it is from that to the next one; then those of the shares. */
export let columns: usize = 0;
export let columnShares: usize = 0;

/** Pixels of the photo, channels interleaved: bytes, words of 16 bits or floats. */
export let samples: usize = 0;
/** Sums of samples of several rows, channels interleaved. */
export let sums: usize = 0;
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
  // Whole vectors of blocks, and one vector more, which the last pixels of interleaved samples reach into.
  room = ((pixels + 15) & ~15) + 4;
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
  fineShare = blueDetail + plane;
  coarseShare = fineShare + plane;
  colourShare = coarseShare + plane;
  confidence = colourShare + plane;
  samples = confidence + plane;
  sums = samples + 4 * plane;
  mapWords = sums + 4 * plane;
  // And a block before the first and after the last one; rows begin at whole vectors.
  blockRoom = (room / blockPx + 2 + 3) & ~3;
  blocks = mapWords + 2 * plane;
  windowPlane = (room + 2 * margin) * floatBytes;
  smoothRows = blocks + blockPlanes * blockPx * blockRoom * floatBytes;
  window = smoothRows + 3 * smoothMaps * blockRoom * floatBytes;
  blurred = window + windowRows * 4 * windowPlane;
  weights = blurred + 4 * windowPlane;
  smallRows = weights + 2 * (reach + 1) * floatBytes;
  smallPlane = (room + 2 * margin) * floatBytes;
  cellSums = smallRows + smallRowCount * smallMaps * smallPlane;
  shareRows = cellSums + 4 * plane;
  between = shareRows + 4 * plane;
  columns = between + plane;
  columnShares = columns + 2 * plane;
  gainCells = columnShares + 2 * plane;
  balanceCells = gainCells + cells * tones * floatBytes;
  saturationCells = balanceCells + 3 * cells * floatBytes;
  // Beyond the last cell nothing counts, but it is read.
  end = saturationCells + cells * floatBytes + vectorBytes;
  const pages = <i32>((end + 0xffff) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
}
