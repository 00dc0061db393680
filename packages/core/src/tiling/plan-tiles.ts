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
}

/** One way to cut an axis. */
interface Cut {
  /** Pixels kept of each tile but the last. */
  readonly stepPx: number;
  /** Pixels of the longest tile, halo included. */
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
const smallEnoughPx = 1e6;

/**
 * Cuts a picture into the smallest tiles that fit the memory and whose overlap costs at most `overlapAllowed` more work
 * than the largest ones that fit.
 *
 * Tiles begin at multiples of the alignment and end at multiples of it or at the picture's edge.
 *
 * @param tiling undefined for a network that must see the whole picture: one tile.
 * @throws {KindlingError} `invalid-option` if not even the smallest tile fits, `too-large` if the whole picture must
 * and does not; both name the memory needed.
 */
export function planTiles(width: number, height: number, tiling: Tiling | undefined, budget: TileBudget): Tile[] {
  const { overlapAllowed = defaultOverlapAllowed } = budget;
  const maxPixels = budget.maxMemoryBytes / budget.bytesPerPixel;
  if (!tiling) {
    const whole: Region = { left: 0, top: 0, width, height };
    if (width * height <= maxPixels) return [{ fed: whole, kept: whole }];
    throw new KindlingError(
      "too-large",
      `This network looks at the whole picture at once, and ${width} x ${height} pixels take about ${megabytes(width * height * budget.bytesPerPixel)} of memory; ${megabytes(budget.maxMemoryBytes)} are allowed. Allow more with --max-memory (maxMemoryBytes), or choose another method.`,
    );
  }
  const [across, down] = [cutsOf(width, tiling), cutsOf(height, tiling)];
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
  const [columns, rows] = [spansOf(width, best.across.stepPx, tiling), spansOf(height, best.down.stepPx, tiling)];
  return rows.flatMap((row) =>
    columns.map((column) => ({
      fed: { left: column.from, top: row.from, width: column.to - column.from, height: row.to - row.from },
      kept: { left: column.first, top: row.first, width: column.end - column.first, height: row.end - row.first },
    })),
  );
}

/** Every way to cut an axis that differs, from one tile to the smallest tiles. */
function cutsOf(size: number, tiling: Tiling): Cut[] {
  const cuts: Cut[] = [];
  for (let count = 1; ; count++) {
    const stepPx = upTo(Math.ceil(size / count), tiling.alignmentPx);
    if (stepPx !== cuts.at(-1)?.stepPx) {
      const lengths = spansOf(size, stepPx, tiling).map(({ from, to }) => to - from);
      const totalPx = lengths.reduce((sum, length) => sum + length, 0);
      cuts.push({ stepPx, longestPx: Math.max(...lengths), totalPx });
    }
    if (stepPx === tiling.alignmentPx) return cuts;
  }
}

/** The tiles of one axis: kept from `first` to `end`, fed from `from` to `to`. */
function spansOf(size: number, stepPx: number, { haloPx, alignmentPx }: Tiling) {
  const overlap = upTo(haloPx, alignmentPx);
  return Array.from({ length: Math.ceil(size / stepPx) }, (_, i) => {
    const first = i * stepPx;
    const end = Math.min(size, first + stepPx);
    return { first, end, from: Math.max(0, first - overlap), to: Math.min(size, first + stepPx + overlap) };
  });
}

/**
 * Cuts a part of a picture into tiles, whose halo may lie outside the part, but not outside the picture.
 *
 * @param part begins at a multiple of the alignment, and ends at one or at the picture's edge.
 * @throws {KindlingError} what `planTiles` throws.
 */
export function planTilesOfPart(
  part: Region,
  picture: Pick<Region, "width" | "height">,
  tiling: Tiling,
  budget: TileBudget,
): Tile[] {
  const around = upTo(tiling.haloPx, tiling.alignmentPx);
  return planTiles(part.width, part.height, tiling, budget).map(({ kept }) => {
    const moved = { ...kept, left: part.left + kept.left, top: part.top + kept.top };
    return { kept: moved, fed: expandRegion(moved, around, picture) };
  });
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

/** The least multiple of a number that is not below a value. */
export function upTo(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
