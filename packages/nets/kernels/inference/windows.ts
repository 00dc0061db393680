import { finishPixel } from "./finish";
import { multiply, wholeGroups } from "./multiply";
import {
  biasOf,
  channelsOf,
  columnsOf,
  floatBytes,
  fromOf,
  modeOf,
  otherOf,
  padOf,
  pixelAt,
  rowBytesOf,
  sideOf,
  strideOf,
  toOf,
  vectorBytes,
  weightsOf,
  widthOf,
} from "./records";

/** Pixels of the result that are worked on at once. */
const most: i32 = 24;

/** Bytes of scratch memory for windows of `side` pixels. */
export function windowScratch(side: i32, channels: i32, columns: i32): i32 {
  return most * (side * side * channels + columns) * floatBytes;
}

/** Convolves a row of pixels with windows of any side and stride: their pixels are copied one after the other, and multiplied. */
export function convolveWindows(step: usize, unit: i32, scratch: usize): void {
  const from = fromOf(step);
  const to = toOf(step);
  const other = otherOf(step);
  const side = sideOf(step);
  const stride = strideOf(step);
  const pad = padOf(step);
  const columns = columnsOf(step);
  const lineBytes = side * channelsOf(from) * floatBytes;
  const depth = side * side * channelsOf(from);
  const products = scratch + most * depth * floatBytes;
  const pixelBytes = channelsOf(to) * floatBytes;
  const mode = modeOf(step);
  const width = widthOf(to);
  for (let first = 0; first < width; first += most) {
    const count = min(most, width - first);
    let window = scratch;
    for (let i = 0; i < count; i++) {
      let line = pixelAt(from, (first + i) * stride - pad, unit * stride - pad);
      for (let y = 0; y < side; y++) {
        memory.copy(window, line, lineBytes);
        window += lineBytes;
        line += rowBytesOf(from);
      }
    }
    multiply(scratch, weightsOf(step), products, wholeGroups(count), depth, columns);
    for (let i = 0; i < count; i++) {
      const place = pixelAt(to, first + i, unit);
      const residual = other ? pixelAt(other, first + i, unit) : 0;
      const product = products + i * columns * floatBytes;
      for (let at = 0; at < pixelBytes; at += vectorBytes) {
        const bias = v128.load(biasOf(step) + at);
        finishPixel(v128.load(product + at), bias, place + at, residual ? residual + at : 0, mode);
      }
    }
  }
}
