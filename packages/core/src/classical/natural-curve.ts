/**
 * NPE's tone curve m: the level, of 255, that light of 1 to 256 is given; straight lines between whole ones.
 *
 * m(1) = `darkest`, and each level adds `steepness` J(m) / J(level): light rises fast where the eye sees small differences.
 *
 * Source: program of Wang, Zheng, Hu, Li 2013. Light one above a level is looked up, as the bright-pass filter gives it.
 */
export function naturalCurve(darkest: number, steepness: number): (level: number) => number {
  const table = [darkest];
  for (let i = 1; i < 256; i++) {
    const before = table[i - 1];
    const isOver = Math.round(before) > 256;
    table.push(isOver ? before : before + (steepness * noticeable(Math.round(before) - 1)) / noticeable(i));
  }
  return (level) => {
    const below = Math.min(Math.floor(level), 255);
    return table[below - 1] + (level - below) * (table[below] - table[below - 1]);
  };
}

/** J: the least difference that the eye tells from a background of this level. */
function noticeable(level: number): number {
  return level <= 127 ? 17 * (1 - Math.sqrt(Math.max(level, 0) / 127)) + 3 : (3 * (level - 127)) / 128 + 3;
}
