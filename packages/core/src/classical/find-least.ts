/** The share by which golden sections shrink a range. */
const golden = (3 - Math.sqrt(5)) / 2;
/** Evaluations after which the best so far is taken. */
const mostEvaluations = 500;

/**
 * Finds where a function is least, between two ends: by parabolas through the three best points, and by golden sections
 * where these do not help. Of several minima it finds one.
 *
 * Source: Brent, "Algorithms for Minimization without Derivatives", 1973, chapter 5.
 *
 * @param tolerance how near the minimum to stop.
 */
export function findLeast(valueAt: (x: number) => number, from: number, to: number, tolerance: number): number {
  const rounding = Math.sqrt(Number.EPSILON);
  let [low, high] = [from, to];
  let best = low + golden * (high - low);
  let [second, third] = [best, best];
  let bestValue = valueAt(best);
  let [secondValue, thirdValue] = [bestValue, bestValue];
  let [move, moveBefore] = [0, 0];
  for (let evaluation = 1; evaluation < mostEvaluations; evaluation++) {
    const middle = (low + high) / 2;
    const least = rounding * Math.abs(best) + tolerance / 3;
    if (Math.abs(best - middle) <= 2 * least - (high - low) / 2) break;

    const r = (best - second) * (bestValue - thirdValue);
    const q = (best - third) * (bestValue - secondValue);
    const slope = 2 * (q - r);
    const p = ((best - third) * q - (best - second) * r) * (slope > 0 ? -1 : 1);
    const curvature = Math.abs(slope);
    const fits =
      Math.abs(moveBefore) > least &&
      Math.abs(p) < Math.abs((curvature * moveBefore) / 2) &&
      p > curvature * (low - best) &&
      p < curvature * (high - best);
    if (fits) {
      moveBefore = move;
      move = p / curvature;
      const target = best + move;
      if (target - low < 2 * least || high - target < 2 * least) move = middle >= best ? least : -least;
    } else {
      moveBefore = best >= middle ? low - best : high - best;
      move = golden * moveBefore;
    }

    const next = best + (move >= 0 ? Math.max(move, least) : Math.min(move, -least));
    const value = valueAt(next);
    if (value <= bestValue) {
      if (next >= best) low = best;
      else high = best;
      [third, thirdValue, second, secondValue] = [second, secondValue, best, bestValue];
      [best, bestValue] = [next, value];
      continue;
    }
    if (next < best) low = next;
    else high = next;
    if (value <= secondValue || second === best) {
      [third, thirdValue, second, secondValue] = [second, secondValue, next, value];
    } else if (value <= thirdValue || third === best || third === second) {
      [third, thirdValue] = [next, value];
    }
  }
  return best;
}
