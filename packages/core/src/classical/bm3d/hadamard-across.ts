/**
 * The Hadamard transform across `count` patches of `length` values each, in place, not scaled: done twice it gives the
 * values times `count`.
 *
 * @param count a power of two.
 */
export function hadamardAcross(values: Float64Array, count: number, length: number): void {
  for (let apart = 1; apart < count; apart *= 2) {
    for (let patch = 0; patch < count; patch++) {
      if (patch & apart) continue;
      const first = patch * length;
      const second = first + apart * length;
      for (let k = 0; k < length; k++) {
        const a = values[first + k];
        const b = values[second + k];
        values[first + k] = a + b;
        values[second + k] = a - b;
      }
    }
  }
}
