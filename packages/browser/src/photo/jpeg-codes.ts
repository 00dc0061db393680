/** The Huffman codes of a JPEG's table. */
export interface JpegCodes {
  /** Codes of each length from 1 to 16 bits. */
  readonly counts: Uint8Array;
  /** Symbols in the order of their codes. */
  readonly symbols: Uint8Array;
}

/** Longest code (bits). */
const longest = 16;

/**
 * Makes the table for finding codes: at the next 16 bits of a scan stands the length of the code that they begin with, times
 * 256, plus its symbol.
 */
export function indexCodes({ counts, symbols }: JpegCodes): Uint16Array {
  const index = new Uint16Array(2 ** longest);
  let at = 0;
  let next = 0;
  for (let length = 1; length <= longest; length++) {
    for (let code = 0; code < counts[length - 1]; code++, next++) {
      const end = at + 2 ** (longest - length);
      index.fill(length * 256 + symbols[next], at, end);
      at = end;
    }
  }
  return index;
}

/** Lists the codes by symbol: each code, times 32, plus its length (bits). */
export function listCodes({ counts, symbols }: JpegCodes): Uint32Array {
  const codes = new Uint32Array(256);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= longest; length++, code *= 2) {
    for (let i = 0; i < counts[length - 1]; i++, code++, next++) codes[symbols[next]] = code * 32 + length;
  }
  return codes;
}

/**
 * Finds the shortest codes for symbols that occur so often, as libjpeg does, so that the same symbols get the same codes.
 * Source: ITU-T T.81, annex K.2.
 *
 * @param occurrences of symbols 0 to 255.
 */
export function shortestCodes(occurrences: Float64Array): JpegCodes {
  const lengths = lengthsOfCodes(occurrences);
  const most = Math.max(...lengths);
  const counts = new Uint32Array(Math.max(most, longest) + 1);
  for (const length of lengths) if (length > 0) counts[length]++;
  // Two codes that are too long give way to one a bit shorter, and a short one becomes two.
  for (let length = most; length > longest; length--) {
    while (counts[length] > 0) {
      let shorter = length - 2;
      while (counts[shorter] === 0) shorter--;
      counts[length] -= 2;
      counts[length - 1]++;
      counts[shorter + 1] += 2;
      counts[shorter]--;
    }
  }
  // The last code, of ones alone, is not for use.
  counts[counts.findLastIndex((count) => count > 0)]--;
  const used = Array.from({ length: 256 }, (_, symbol) => symbol).filter((symbol) => lengths[symbol] > 0);
  // Equal lengths stay in the order of their symbols.
  const symbols = Uint8Array.from(used.sort((a, b) => lengths[a] - lengths[b]));
  return { counts: Uint8Array.from(counts.subarray(1, longest + 1)), symbols };
}

/** Lengths of the codes of symbols 0 to 255, and of one more that stands for the code of ones alone. */
function lengthsOfCodes(occurrences: Float64Array): Uint8Array {
  const weights = Float64Array.of(...occurrences, 1);
  const lengths = new Uint8Array(weights.length);
  const groups = Array.from(weights, (_, symbol) => [symbol]);
  for (;;) {
    const rarest = findRarest(weights, -1);
    const second = findRarest(weights, rarest);
    if (second < 0) return lengths;
    weights[rarest] += weights[second];
    weights[second] = 0;
    groups[rarest].push(...groups[second]);
    for (const symbol of groups[rarest]) lengths[symbol]++;
  }
}

/** The rarest of those that occur, the last of equals; -1 where there is none beside `other`. */
function findRarest(weights: Float64Array, other: number): number {
  let rarest = -1;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] > 0 && i !== other && (rarest < 0 || weights[i] <= weights[rarest])) rarest = i;
  }
  return rarest;
}
