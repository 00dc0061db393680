import { KindlingError } from "../errors.ts";

/** How a picture can be cut into tiles so that a network's result on each equals that on the whole. */
export interface Tiling {
  /** Pixels that a tile must hold beyond the part that is kept of it, on every side. */
  readonly haloPx: number;
  /** Tiles must begin at multiples of this. */
  readonly alignmentPx: number;
}

/** A rectangle of a picture, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A part of a picture that is run by itself: what goes in, and the part of it that is kept. */
export interface Tile {
  /** With the halo, cut off at the picture's own edges, where a tile must end as the whole picture does. */
  readonly fed: Region;
  /** Over all tiles these cover the picture once. */
  readonly kept: Region;
}

/** How much memory tiles may take. */
export interface TileBudget {
  /** What a run takes for each pixel of its tile. */
  readonly bytesPerPixel: number;
  readonly maxMemoryBytes: number;
  /** Work that smaller tiles may cost beyond the least possible; 0.3 if not given. */
  readonly overlapAllowed?: number;
  /** Pixels below which smaller tiles are not worth more runs; a million if not given. */
  readonly smallEnoughPx?: number;
}

/** One axis of a part of a picture: it reaches from `first` to `end`, the picture from 0 to `size`. */
interface Axis {
  readonly first: number;
  readonly end: number;
  readonly size: number;
}

/** The pixels of a tile along one axis: kept from `first` to `end`, fed from `from` to `to`. */
interface Span {
  readonly first: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** One way to cut an axis. */
interface Cut {
  /** Pixels of a tile, halo included. */
  readonly lengthPx: number;
  /** Pixels of the longest tile. */
  readonly longestPx: number;
  /** Pixels of all tiles together. */
  readonly totalPx: number;
}

/**
 * Work that smaller tiles may cost beyond the least possible. Large tiles hold memory that is new to the process: on 12
 * megapixels Ember in three tiles of 1.26 times the work took 12.2 s of processor time and 1.3 GB, in one tile 13.1 s and
 * 2.4 GB (whole processes of `kindling enhance --max-memory 500MB` and `4GB`, when Ember was one part).
 */
const defaultOverlapAllowed = 0.3;

/** Tiles of this many pixels are small enough: making them smaller saves no memory worth a run of its own. */
const defaultSmallEnoughPx = 1e6;

/**
 * Cuts a picture into the smallest tiles that fit the memory and whose overlap costs at most `overlapAllowed` more work
 * than the largest ones that fit. All have one size, as far as the alignment allows: for every new size a runtime needs
 * memory that fits no other.
 *
 * Tiles begin at multiples of the alignment and end at multiples of it or at the picture's edge.
 *
 * @param tiling undefined for a network that must see the whole picture: one tile.
 * @throws {KindlingError} `invalid-option` if not even the smallest tile fits, `too-large` if the whole picture must
 * and does not; both name the memory needed.
 */
export function planTiles(width: number, height: number, tiling: Tiling | undefined, budget: TileBudget): Tile[] {
  const whole: Region = { left: 0, top: 0, width, height };
  const maxPixels = budget.maxMemoryBytes / budget.bytesPerPixel;
  if (!tiling) {
    if (width * height <= maxPixels) return [{ fed: whole, kept: whole }];
    throw new KindlingError(
      "too-large",
      `This network looks at the whole picture at once, and ${width} x ${height} pixels take about ${megabytes(width * height * budget.bytesPerPixel)} of memory; ${megabytes(budget.maxMemoryBytes)} are allowed. Allow more with --max-memory (maxMemoryBytes), or choose another method.`,
    );
  }
  const [tiles = []] = planTilesOfParts([whole], { width, height }, tiling, budget);
  return tiles;
}

/**
 * Cuts parts of a picture into tiles of one size, as `planTiles` does for the largest of them. Halos may lie outside of a
 * part, but not outside of the picture.
 *
 * @param parts begin at multiples of the alignment, and end at ones or at the picture's edge.
 * @returns the tiles of each part.
 * @throws {KindlingError} `invalid-option` as for `planTiles`.
 */
export function planTilesOfParts(
  parts: readonly Region[],
  picture: Pick<Region, "width" | "height">,
  tiling: Tiling,
  budget: TileBudget,
): Tile[][] {
  const { overlapAllowed = defaultOverlapAllowed, smallEnoughPx = defaultSmallEnoughPx } = budget;
  const maxPixels = budget.maxMemoryBytes / budget.bytesPerPixel;
  const axesOf = ({ left, top, width, height }: Region): [Axis, Axis] => [
    { first: left, end: left + width, size: picture.width },
    { first: top, end: top + height, size: picture.height },
  ];
  const [largest] = parts.toSorted((a, b) => b.width * b.height - a.width * a.height);
  if (!largest) return [];
  const [across = [], down = []] = axesOf(largest).map((axis) => cutsOf(axis, tiling));
  const ways = across.flatMap((x) =>
    down.flatMap((y) => {
      const [largestPx, work] = [x.longestPx * y.longestPx, x.totalPx * y.totalPx];
      return largestPx <= maxPixels ? [{ across: x, down: y, largestPx, work }] : [];
    }),
  );
  const leastWork = ways.reduce((least, { work }) => Math.min(least, work), Number.POSITIVE_INFINITY);
  const best = ways
    .filter(({ work }) => work <= (1 + overlapAllowed) * leastWork)
    .map((way) => ({ ...way, countedPx: Math.max(way.largestPx, smallEnoughPx) }))
    .sort((a, b) => a.countedPx - b.countedPx || a.work - b.work)[0];
  if (!best) {
    const least = (across.at(-1)?.longestPx ?? 1) * (down.at(-1)?.longestPx ?? 1) * budget.bytesPerPixel;
    throw new KindlingError(
      "invalid-option",
      `--max-memory (maxMemoryBytes): this network needs at least ${megabytes(least)} for its smallest tile; got ${megabytes(budget.maxMemoryBytes)}.`,
    );
  }
  return parts.map((part) => {
    const [x, y] = axesOf(part);
    const [columns, rows] = [spansOf(x, best.across.lengthPx, tiling), spansOf(y, best.down.lengthPx, tiling)];
    return rows.flatMap((row) =>
      columns.map((column) => ({
        fed: { left: column.from, top: row.from, width: column.to - column.from, height: row.to - row.from },
        kept: { left: column.first, top: row.first, width: column.end - column.first, height: row.end - row.first },
      })),
    );
  });
}

/** Side in pixels of the smallest tile, where no edge of the picture is near: one step of the grid between its halos. */
export function leastTilePx({ haloPx, alignmentPx }: Tiling): number {
  return 2 * upTo(haloPx, alignmentPx) + alignmentPx;
}

/** Every way to cut an axis that differs, from one tile to the smallest tiles. */
function cutsOf(axis: Axis, tiling: Tiling): Cut[] {
  const { alignmentPx } = tiling;
  const overlap = upTo(tiling.haloPx, alignmentPx);
  const { from, to } = fedRange(axis, overlap);
  const leastPx = leastTilePx(tiling);
  const cuts: Cut[] = [];
  for (let count = 1; ; count++) {
    const evenly = (to - from + 2 * overlap * (count - 1)) / count;
    const lengthPx = Math.max(upTo(Math.ceil(evenly), alignmentPx), leastPx);
    if (lengthPx !== cuts.at(-1)?.lengthPx) {
      const lengths = spansOf(axis, lengthPx, tiling).map((span) => span.to - span.from);
      const totalPx = lengths.reduce((sum, length) => sum + length, 0);
      cuts.push({ lengthPx, longestPx: Math.max(...lengths), totalPx });
    }
    if (lengthPx === leastPx) return cuts;
  }
}

/** The tiles of one axis, each `lengthPx` long; the last one reaches back for that, as far as the alignment allows. */
function spansOf(axis: Axis, lengthPx: number, { haloPx, alignmentPx }: Tiling): Span[] {
  const overlap = upTo(haloPx, alignmentPx);
  const range = fedRange(axis, overlap);
  const spans: Span[] = [];
  for (let [first, from] = [axis.first, range.from]; ; ) {
    const to = from + lengthPx;
    if (to >= range.to) {
      const back = upTo(range.to - lengthPx, alignmentPx);
      spans.push({ first, end: axis.end, from: Math.max(range.from, back), to: range.to });
      return spans;
    }
    const end = to - overlap;
    spans.push({ first, end, from, to });
    [first, from] = [end, end - overlap];
  }
}

/** What the tiles of an axis are fed with together: the part and its halo, as far as the picture reaches. */
function fedRange({ first, end, size }: Axis, overlap: number): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, first - overlap), to: Math.min(size, end + overlap) };
}

/** A region with so many pixels around it as the picture has. */
export function expandRegion(
  { left, top, width, height }: Region,
  px: number,
  picture: Pick<Region, "width" | "height">,
): Region {
  const [first, firstRow] = [Math.max(0, left - px), Math.max(0, top - px)];
  return {
    left: first,
    top: firstRow,
    width: Math.min(picture.width, left + width + px) - first,
    height: Math.min(picture.height, top + height + px) - firstRow,
  };
}

/** The part that two regions have in common, if there is any. */
export function intersect(a: Region, b: Region): Region | undefined {
  const [left, top] = [Math.max(a.left, b.left), Math.max(a.top, b.top)];
  const right = Math.min(a.left + a.width, b.left + b.width);
  const bottom = Math.min(a.top + a.height, b.top + b.height);
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}

/** The least multiple of a number that is not below a value. */
export function upTo(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** An amount of memory as people read and type it, rounded up. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
