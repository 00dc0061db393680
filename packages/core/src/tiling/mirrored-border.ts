import { mirrorIndex } from "../image/axis-filter.ts";
import { intersect, type Region, type Tile } from "./plan-tiles.ts";
import type { TileFlow, TileSink, TileSource } from "./run-tiles.ts";

/** Pixels added around a picture. */
export interface Border {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

type Size = Pick<Region, "width" | "height">;

/**
 * Adds a mirrored border around the picture that a network sees, which would otherwise be surrounded by zeros, and
 * cuts it off the result.
 *
 * @param border of whole blocks on the left and at the top, where an output is a map of blocks.
 * @returns the size with the border, and sources and sinks for tiles of that size.
 */
export function withMirroredBorder(
  picture: Size,
  border: Border,
  { inputs, outputs }: TileFlow,
): { size: Size; flow: TileFlow } {
  const each = <T, U>(ports: Readonly<Record<string, T>>, change: (port: T) => U) =>
    Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, change(port)]));
  return {
    size: {
      width: border.left + picture.width + border.right,
      height: border.top + picture.height + border.bottom,
    },
    flow: {
      inputs: each(inputs, (input) => ("fill" in input ? mirroredSource(input, picture, border) : input)),
      outputs: each(outputs, (output) => insideSink(output, picture, border)),
    },
  };
}

function mirroredSource(source: TileSource, picture: Size, border: Border): TileSource {
  return {
    channels: source.channels,
    fill({ left, top, width, height }, values) {
      const columns = positions(left - border.left, width, picture.width);
      const rows = positions(top - border.top, height, picture.height);
      const seen = regionOf(columns, rows);
      // Away from the edges nothing is mirrored.
      if (seen.width === width && seen.height === height && columns[0] === seen.left && rows[0] === seen.top) {
        source.fill(seen, values);
        return;
      }
      // Row by row, so that no second copy of the picture is made; what is not mirrored is copied in one go.
      const line = new Float32Array(source.channels * seen.width);
      const [before, inside] = countUnmirrored(left - border.left, width, picture.width);
      for (let y = 0; y < height; y++) {
        source.fill({ left: seen.left, top: rows[y], width: seen.width, height: 1 }, line);
        for (let channel = 0; channel < source.channels; channel++) {
          const from = channel * seen.width - seen.left;
          const to = (channel * height + y) * width;
          const first = from + columns[before];
          values.set(line.subarray(first, first + inside), to + before);
          for (let x = 0; x < before; x++) values[to + x] = line[from + columns[x]];
          for (let x = before + inside; x < width; x++) values[to + x] = line[from + columns[x]];
        }
      }
    },
  };
}

/** Positions in the picture, mirrored at its edges, of `count` pixels from `first` on. */
function positions(first: number, count: number, size: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => mirrorIndex(first + i, size));
}

/**
 * Of `count` positions from `first` on: how many lie before the picture's first column, and how many on the picture.
 */
function countUnmirrored(first: number, count: number, size: number): [number, number] {
  const before = Math.min(Math.max(-first, 0), count - 1);
  return [before, Math.max(Math.min(first + count, size) - Math.max(first, 0), 0)];
}

function regionOf(columns: Int32Array, rows: Int32Array): Region {
  const span = (all: Int32Array) => {
    const least = all.reduce((a, b) => Math.min(a, b));
    return { least, count: all.reduce((a, b) => Math.max(a, b)) - least + 1 };
  };
  const [x, y] = [span(columns), span(rows)];
  return { left: x.least, top: y.least, width: x.count, height: y.count };
}

function insideSink(sink: TileSink, picture: Size, border: Border): TileSink {
  // Of a map, regions are in its own values.
  const blockPx = sink.scale?.blockPx ?? 1;
  const size = { width: Math.ceil(picture.width / blockPx), height: Math.ceil(picture.height / blockPx) };
  const move = (region: Region): Region => ({
    ...region,
    left: region.left - border.left / blockPx,
    top: region.top - border.top / blockPx,
  });
  return {
    ...sink,
    take(tile, values) {
      const inside = intersect(move(tile.kept), { left: 0, top: 0, ...size });
      if (inside) sink.take({ fed: move(tile.fed), kept: inside } satisfies Tile, values);
    },
  };
}
