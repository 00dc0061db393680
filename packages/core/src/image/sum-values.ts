/**
 * Adds all values up. What is no number stays so in a sum: to look at the sum takes a third of the time of asking every
 * value. Four sums at a time, as each addition waits for the one before.
 */
export function sumValues(values: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const end = values.length - (values.length % 4);
  for (let i = 0; i < end; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  for (let i = end; i < values.length; i++) a += values[i];
  return a + b + c + d;
}
