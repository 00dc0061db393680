import type { PatchTransform } from "./patch-transform.ts";

/**
 * The orthonormal discrete cosine transform of patches of an even size, along rows and columns.
 *
 * Each line is folded first: its even coefficients depend only on the sums of opposite pixels, its odd ones only on their
 * differences. The usual size of 8 is folded twice, and written out: it is most of BM3D's work.
 */
export function cosineTransform(size: number): PatchTransform {
  return size === 8 ? { size, forward: forwardOf8, inverse: inverseOf8 } : foldedTransform(size);
}

// Half the cosines of k pi / 16; c4 is 1 / sqrt(8).
const [c1, c2, c3, c4, c5, c6, c7] = [1, 2, 3, 4, 5, 6, 7].map((k) => Math.cos((k * Math.PI) / 16) / 2);

function forwardOf8(values: Float64Array, at: number): void {
  for (let first = at; first < at + 64; first += 8) forwardLineOf8(values, first, 1);
  for (let first = at; first < at + 8; first++) forwardLineOf8(values, first, 8);
}

function inverseOf8(values: Float64Array, at: number): void {
  for (let first = at; first < at + 64; first += 8) inverseLineOf8(values, first, 1);
  for (let first = at; first < at + 8; first++) inverseLineOf8(values, first, 8);
}

function forwardLineOf8(v: Float64Array, i: number, stride: number): void {
  const i1 = i + stride;
  const i2 = i1 + stride;
  const i3 = i2 + stride;
  const i4 = i3 + stride;
  const i5 = i4 + stride;
  const i6 = i5 + stride;
  const i7 = i6 + stride;
  const s0 = v[i] + v[i7];
  const s1 = v[i1] + v[i6];
  const s2 = v[i2] + v[i5];
  const s3 = v[i3] + v[i4];
  const d0 = v[i] - v[i7];
  const d1 = v[i1] - v[i6];
  const d2 = v[i2] - v[i5];
  const d3 = v[i3] - v[i4];
  const e0 = s0 + s3;
  const e1 = s1 + s2;
  const f0 = s0 - s3;
  const f1 = s1 - s2;
  v[i] = c4 * (e0 + e1);
  v[i4] = c4 * (e0 - e1);
  v[i2] = c2 * f0 + c6 * f1;
  v[i6] = c6 * f0 - c2 * f1;
  v[i1] = c1 * d0 + c3 * d1 + c5 * d2 + c7 * d3;
  v[i3] = c3 * d0 - c7 * d1 - c1 * d2 - c5 * d3;
  v[i5] = c5 * d0 - c1 * d1 + c7 * d2 + c3 * d3;
  v[i7] = c7 * d0 - c5 * d1 + c3 * d2 - c1 * d3;
}

function inverseLineOf8(v: Float64Array, i: number, stride: number): void {
  const i1 = i + stride;
  const i2 = i1 + stride;
  const i3 = i2 + stride;
  const i4 = i3 + stride;
  const i5 = i4 + stride;
  const i6 = i5 + stride;
  const i7 = i6 + stride;
  const e0 = c4 * (v[i] + v[i4]);
  const e1 = c4 * (v[i] - v[i4]);
  const f0 = c2 * v[i2] + c6 * v[i6];
  const f1 = c6 * v[i2] - c2 * v[i6];
  const d0 = c1 * v[i1] + c3 * v[i3] + c5 * v[i5] + c7 * v[i7];
  const d1 = c3 * v[i1] - c7 * v[i3] - c1 * v[i5] - c5 * v[i7];
  const d2 = c5 * v[i1] - c1 * v[i3] + c7 * v[i5] + c3 * v[i7];
  const d3 = c7 * v[i1] - c5 * v[i3] + c3 * v[i5] - c1 * v[i7];
  v[i] = e0 + f0 + d0;
  v[i7] = e0 + f0 - d0;
  v[i1] = e1 + f1 + d1;
  v[i6] = e1 + f1 - d1;
  v[i2] = e1 - f1 + d2;
  v[i5] = e1 - f1 - d2;
  v[i3] = e0 - f0 + d3;
  v[i4] = e0 - f0 - d3;
}

function foldedTransform(size: number): PatchTransform {
  const half = size / 2;
  // weights[k * half + i]: what the folded pixel i adds to coefficient k.
  const weights = Float64Array.from({ length: size * half }, (_, at) => {
    const [k, i] = [Math.floor(at / half), at % half];
    return Math.sqrt((k === 0 ? 1 : 2) / size) * Math.cos(((2 * i + 1) * k * Math.PI) / (2 * size));
  });
  const sums = new Float64Array(half);
  const differences = new Float64Array(half);

  const forwardLine = (values: Float64Array, first: number, stride: number) => {
    const last = first + (size - 1) * stride;
    for (let i = 0; i < half; i++) {
      const a = values[first + i * stride];
      const b = values[last - i * stride];
      sums[i] = a + b;
      differences[i] = a - b;
    }
    for (let k = 0; k < size; k += 2) {
      let even = 0;
      let odd = 0;
      for (let i = 0; i < half; i++) {
        even += weights[k * half + i] * sums[i];
        odd += weights[(k + 1) * half + i] * differences[i];
      }
      values[first + k * stride] = even;
      values[first + (k + 1) * stride] = odd;
    }
  };
  const inverseLine = (values: Float64Array, first: number, stride: number) => {
    const last = first + (size - 1) * stride;
    for (let i = 0; i < half; i++) {
      let even = 0;
      let odd = 0;
      for (let k = 0; k < size; k += 2) {
        even += weights[k * half + i] * values[first + k * stride];
        odd += weights[(k + 1) * half + i] * values[first + (k + 1) * stride];
      }
      sums[i] = even;
      differences[i] = odd;
    }
    for (let i = 0; i < half; i++) {
      values[first + i * stride] = sums[i] + differences[i];
      values[last - i * stride] = sums[i] - differences[i];
    }
  };
  return {
    size,
    forward(values, at) {
      for (let y = 0; y < size; y++) forwardLine(values, at + y * size, 1);
      for (let x = 0; x < size; x++) forwardLine(values, at + x, size);
    },
    inverse(values, at) {
      for (let y = 0; y < size; y++) inverseLine(values, at + y * size, 1);
      for (let x = 0; x < size; x++) inverseLine(values, at + x, size);
    },
  };
}
