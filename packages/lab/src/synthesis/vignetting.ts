/**
 * Computes the share of light that a lens passes at each pixel: 1 in the middle, less towards the corners.
 *
 * The cos^4 law of natural vignetting: with tan(angle) = r tan(corner angle), r the distance from the centre over
 * that of the corner, the share is cos(angle)^4 = 1 / (1 + tan(angle)^2)^2. It leaves out mechanical vignetting.
 *
 * @param cornerAngleDegrees angle of the corner's rays with the lens axis; 0 gives 1 everywhere.
 * @returns `height * width` values above 0, at most 1, rows from the top.
 */
export function vignette(width: number, height: number, cornerAngleDegrees: number): Float32Array {
  const cornerTangent = Math.tan((cornerAngleDegrees * Math.PI) / 180);
  const tangentPerPx = cornerTangent / (Math.hypot(width, height) / 2);
  const shares = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [right, down] = [(x + 0.5 - width / 2) * tangentPerPx, (y + 0.5 - height / 2) * tangentPerPx];
      shares[y * width + x] = 1 / (1 + right * right + down * down) ** 2;
    }
  }
  return shares;
}
