// Layout of the records in memory that describe maps and steps; all fields are 32-bit integers.
// packages/nets/src/inference/records.ts writes them.

export const floatBytes: i32 = 4;
export const vectorBytes: i32 = 16;

/** Fields of a map: pixels of `channels` floats, four times as many as vectors, with a border of zeros around them. */
export function dataOf(map: usize): usize {
  return load<u32>(map);
}
export function widthOf(map: usize): i32 {
  return load<i32>(map, 4);
}
export function heightOf(map: usize): i32 {
  return load<i32>(map, 8);
}
export function channelsOf(map: usize): i32 {
  return load<i32>(map, 12);
}
export function rowBytesOf(map: usize): i32 {
  return load<i32>(map, 16);
}

/** Place of a pixel; the border has the coordinates -1 and those after the last ones. */
export function pixelAt(map: usize, x: i32, y: i32): usize {
  return dataOf(map) + y * rowBytesOf(map) + x * channelsOf(map) * floatBytes;
}

/** Fields of a step. */
export function kernelOf(step: usize): i32 {
  return load<i32>(step);
}
export function fromOf(step: usize): usize {
  return load<u32>(step, 8);
}
export function toOf(step: usize): usize {
  return load<u32>(step, 12);
}
/** The second operand: a map, or 0. */
export function otherOf(step: usize): usize {
  return load<u32>(step, 16);
}
export function weightsOf(step: usize): usize {
  return load<u32>(step, 20);
}
export function biasOf(step: usize): usize {
  return load<u32>(step, 24);
}
/** What an elementwise step computes, or whether a convolution ends in ReLU. */
export function modeOf(step: usize): i32 {
  return load<i32>(step, 28);
}
export function sideOf(step: usize): i32 {
  return load<i32>(step, 32);
}
export function strideOf(step: usize): i32 {
  return load<i32>(step, 36);
}
export function padOf(step: usize): i32 {
  return load<i32>(step, 40);
}
/** Columns of the packed weights: channels of the result, as a multiple of 8. */
export function columnsOf(step: usize): i32 {
  return load<i32>(step, 44);
}
