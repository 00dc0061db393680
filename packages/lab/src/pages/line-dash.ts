import { seriesColours } from "./series-colour.ts";

/** Strokes and gaps in pixels of a line 1.8 px wide: solid, long strokes, dots, stroke and dot, short strokes, stroke and two dots. */
const dashes = ["none", "13 4", "1.8 3", "9 3 1.8 3", "4.5 3", "9 3 1.8 3 1.8 3"] as const;

/**
 * Groups of the palette's colours that stay apart for everybody: colours of different groups may look alike with a
 * colour-vision deficiency, so that each group has dashes of its own.
 */
const groupOfColour = [0, 0, 1, 1, 1, 2, 0, 2] as const;
const groups = 3;

/**
 * Chooses the dashes of a line, as `stroke-dasharray`, where a plot has more lines than the palette has colours. Of up to
 * 16 lines no two of like dashes have colours that a colour-vision deficiency confuses; of up to 48 no two look the same.
 *
 * @param index place of the line in the plot.
 * @param count number of its lines; where the colours suffice, all lines are solid: undefined.
 */
export function dashOfLine(index: number, count: number): string | undefined {
  if (count <= seriesColours) return undefined;
  const round = Math.floor(index / seriesColours);
  const group = groupOfColour[index % seriesColours]!;
  return dashes[(group + groups * (round % 2) + Math.floor(round / 2)) % dashes.length];
}
