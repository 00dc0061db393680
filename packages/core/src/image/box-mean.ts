/** Computes the mean of the `2 radius + 1` square window about each pixel, cut at the borders; time does not grow with it. */
export function boxMean(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = new Float32Array(values.length);
  for (let first = 0; first < values.length; first += width) {
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += values[first + x];
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += values[first + x + radius];
      if (x - radius > 0) sum -= values[first + x - radius - 1];
      rows[first + x] = sum / (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
    }
  }
  const means = new Float32Array(values.length);
  const sums = new Float64Array(width);
  const addRow = (y: number, sign: 1 | -1) => {
    for (let x = 0, i = y * width; x < width; x++, i++) sums[x] += sign * rows[i];
  };
  for (let y = 0; y < Math.min(radius, height); y++) addRow(y, 1);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(y + radius, 1);
    if (y - radius > 0) addRow(y - radius - 1, -1);
    const count = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    for (let x = 0, i = y * width; x < width; x++, i++) means[i] = sums[x] / count;
  }
  return means;
}
