/** Changes of a letter that a typed name may be away from the one that is meant. */
const mostChanges = 2;

/** Letters of a beginning that tell a name. */
const leastLetters = 3;

/**
 * Finds the names that a mistyped one may stand for: those that begin with it, or that are the fewest changes of a letter away,
 * at most two and less than half of its letters. A swap of two neighbours is one change; capitals do not count.
 *
 * @example
 * // runs
 * nearestNames("embr", ["ember", "kind", "lime"]); // ["ember"]
 */
export function nearestNames(typed: string, names: readonly string[]): readonly string[] {
  const word = typed.toLowerCase();
  const rated = names.map((name) => ({ name, changes: isBeginning(word, name) ? 0 : changesBetween(word, name) }));
  const least = Math.min(...rated.map(({ changes }) => changes));
  if (least > mostChanges || least >= word.length / 2) return [];
  return rated.filter(({ changes }) => changes === least).map(({ name }) => name);
}

function isBeginning(word: string, name: string): boolean {
  return word.length >= leastLetters && name.startsWith(word);
}

/** Letters to add, take, replace or swap with their neighbour, none of them twice ("optimal string alignment"). */
function changesBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > mostChanges) return Number.POSITIVE_INFINITY;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    const [above] = rows.slice(-1) as [number[]];
    for (let j = 1; j <= b.length; j++) {
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        row[j - 1] + 1,
        above[j] + 1,
        above[j - 1] + Number(a[i - 1] !== b[j - 1]),
        isSwap ? rows[i - 2][j - 2] + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
