type Stroke = readonly [x1: number, y1: number, x2: number, y2: number];

/** Letters as strokes in a box 0.6 wide and 1 high, y up: enough for the signs of one street. */
const letters: Readonly<Record<string, readonly Stroke[]>> = {
  A: [
    [0, 0, 0.3, 1],
    [0.3, 1, 0.6, 0],
    [0.12, 0.38, 0.48, 0.38],
  ],
  B: [
    [0, 0, 0, 1],
    [0, 1, 0.42, 0.95],
    [0.42, 0.95, 0.52, 0.75],
    [0.52, 0.75, 0.4, 0.53],
    [0, 0.53, 0.4, 0.53],
    [0.4, 0.53, 0.6, 0.3],
    [0.6, 0.3, 0.44, 0.02],
    [0.44, 0.02, 0, 0],
  ],
  C: [
    [0.6, 0.85, 0.42, 1],
    [0.42, 1, 0.16, 1],
    [0.16, 1, 0, 0.8],
    [0, 0.8, 0, 0.2],
    [0, 0.2, 0.16, 0],
    [0.16, 0, 0.42, 0],
    [0.42, 0, 0.6, 0.15],
  ],
  E: [
    [0.55, 1, 0, 1],
    [0, 1, 0, 0],
    [0, 0, 0.55, 0],
    [0, 0.52, 0.42, 0.52],
  ],
  F: [
    [0.55, 1, 0, 1],
    [0, 1, 0, 0],
    [0, 0.52, 0.42, 0.52],
  ],
  H: [
    [0, 0, 0, 1],
    [0.6, 0, 0.6, 1],
    [0, 0.5, 0.6, 0.5],
  ],
  I: [[0.3, 0, 0.3, 1]],
  K: [
    [0, 0, 0, 1],
    [0.58, 1, 0, 0.45],
    [0.14, 0.58, 0.6, 0],
  ],
  L: [
    [0, 1, 0, 0],
    [0, 0, 0.52, 0],
  ],
  M: [
    [0, 0, 0, 1],
    [0, 1, 0.3, 0.4],
    [0.3, 0.4, 0.6, 1],
    [0.6, 1, 0.6, 0],
  ],
  N: [
    [0, 0, 0, 1],
    [0, 1, 0.6, 0],
    [0.6, 0, 0.6, 1],
  ],
  O: [
    [0.16, 0, 0, 0.2],
    [0, 0.2, 0, 0.8],
    [0, 0.8, 0.16, 1],
    [0.16, 1, 0.44, 1],
    [0.44, 1, 0.6, 0.8],
    [0.6, 0.8, 0.6, 0.2],
    [0.6, 0.2, 0.44, 0],
    [0.44, 0, 0.16, 0],
  ],
  R: [
    [0, 0, 0, 1],
    [0, 1, 0.44, 0.96],
    [0.44, 0.96, 0.56, 0.74],
    [0.56, 0.74, 0.42, 0.5],
    [0.42, 0.5, 0, 0.5],
    [0.26, 0.5, 0.6, 0],
  ],
  S: [
    [0.57, 0.86, 0.4, 1],
    [0.4, 1, 0.16, 1],
    [0.16, 1, 0.02, 0.78],
    [0.02, 0.78, 0.16, 0.56],
    [0.16, 0.56, 0.44, 0.46],
    [0.44, 0.46, 0.59, 0.24],
    [0.59, 0.24, 0.42, 0],
    [0.42, 0, 0.16, 0],
    [0.16, 0, 0.01, 0.14],
  ],
  T: [
    [0, 1, 0.6, 1],
    [0.3, 1, 0.3, 0],
  ],
};

const advance = 0.86;

/** Width of a word in letter heights. */
export function wordWidth(word: string): number {
  return (word.length - 1) * advance + 0.6;
}

/** Distance, in letter heights, from a point to the nearest stroke of a word that starts at 0, 0; y up. */
export function distanceToWord(word: string, x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  const middle = Math.round((x - 0.3) / advance);
  for (let index = Math.max(middle - 1, 0); index <= Math.min(middle + 1, word.length - 1); index++) {
    for (const stroke of letters[word[index]] ?? []) {
      nearest = Math.min(nearest, distanceToStroke(stroke, x - index * advance, y));
    }
  }
  return nearest;
}

function distanceToStroke([x1, y1, x2, y2]: Stroke, x: number, y: number): number {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const along = Math.min(Math.max(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy), 0), 1);
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}
