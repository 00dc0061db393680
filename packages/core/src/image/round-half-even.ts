/** The nearest whole number; halves go to the even one, as IEEE 754 and OpenCV's `cvRound` round. Not for negatives. */
export function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
