import {
  channelsOf,
  floatBytes,
  fromOf,
  heightOf,
  modeOf,
  otherOf,
  pixelAt,
  toOf,
  vectorBytes,
  weightsOf,
  widthOf,
} from "./records";

/** Copies a row of a map of half the size, every pixel twice, and adds the pixels of another map where there is one. */
export function repeatRow(step: usize, unit: i32): void {
  const from = fromOf(step);
  const to = toOf(step);
  const other = otherOf(step);
  const pixelBytes = channelsOf(to) * floatBytes;
  const width = widthOf(to);
  for (let x = 0; x < width; x++) {
    const source = pixelAt(from, x >> 1, unit >> 1);
    const target = pixelAt(to, x, unit);
    const second = other ? pixelAt(other, x, unit) : 0;
    for (let at = 0; at < pixelBytes; at += vectorBytes) {
      const value = v128.load(source + at);
      v128.store(target + at, second ? f32x4.add(value, v128.load(second + at)) : value);
    }
  }
}

/** Copies a row of a smaller map; beyond its last column and its last row these are repeated. */
export function extendRow(step: usize, unit: i32): void {
  const from = fromOf(step);
  const to = toOf(step);
  const row = min(unit, heightOf(from) - 1);
  const pixelBytes = channelsOf(to) * floatBytes;
  const known = widthOf(from);
  memory.copy(pixelAt(to, 0, unit), pixelAt(from, 0, row), known * pixelBytes);
  for (let x = known; x < widthOf(to); x++) {
    memory.copy(pixelAt(to, x, unit), pixelAt(from, known - 1, row), pixelBytes);
  }
}

/** Reads a row of planes, the first `mode` channels of the map one after the other; what channels it has beyond are 0. */
export function readPlanes(step: usize, unit: i32): void {
  const to = toOf(step);
  const width = widthOf(to);
  const planeBytes = width * heightOf(to) * floatBytes;
  const row = weightsOf(step) + unit * width * floatBytes;
  const planes = modeOf(step);
  for (let channel = 0; channel < channelsOf(to); channel += 4) {
    const from = row + channel * planeBytes;
    let at = pixelAt(to, 0, unit) + channel * floatBytes;
    const pixelBytes = channelsOf(to) * floatBytes;
    for (let x = 0; x < width; x++) {
      const place = from + x * floatBytes;
      let pixel = v128.load32_zero(place);
      if (channel + 1 < planes) pixel = v128.load32_lane(place + planeBytes, pixel, 1);
      if (channel + 2 < planes) pixel = v128.load32_lane(place + 2 * planeBytes, pixel, 2);
      if (channel + 3 < planes) pixel = v128.load32_lane(place + 3 * planeBytes, pixel, 3);
      v128.store(at, pixel);
      at += pixelBytes;
    }
  }
}

/** Writes a row of the first `mode` channels of a map to planes one after the other. */
export function writePlanes(step: usize, unit: i32): void {
  const from = fromOf(step);
  const width = widthOf(from);
  const planeBytes = width * heightOf(from) * floatBytes;
  const row = weightsOf(step) + unit * width * floatBytes;
  const planes = modeOf(step);
  const pixelBytes = channelsOf(from) * floatBytes;
  for (let channel = 0; channel < planes; channel += 4) {
    const to = row + channel * planeBytes;
    let at = pixelAt(from, 0, unit) + channel * floatBytes;
    for (let x = 0; x < width; x++) {
      const place = to + x * floatBytes;
      const pixel = v128.load(at);
      v128.store32_lane(place, pixel, 0);
      if (channel + 1 < planes) v128.store32_lane(place + planeBytes, pixel, 1);
      if (channel + 2 < planes) v128.store32_lane(place + 2 * planeBytes, pixel, 2);
      if (channel + 3 < planes) v128.store32_lane(place + 3 * planeBytes, pixel, 3);
      at += pixelBytes;
    }
  }
}
