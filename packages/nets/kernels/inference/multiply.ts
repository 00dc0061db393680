import { floatBytes } from "./records";

/** Rows and columns that are computed at once: their sums fit into the 16 registers of x64 beside what goes into them. */
const rowGroup: i32 = 6;
const columnGroup: i32 = 8;

/** The next multiple of the rows that are computed at once. */
export function wholeGroups(rows: i32): i32 {
  return ((rows + rowGroup - 1) / rowGroup) * rowGroup;
}

/**
 * Multiplies matrices: `to` [rows, columns] = `a` [rows, depth] times `b`, packed in groups of 8 columns, [columns / 8, depth, 8].
 *
 * @param rows a multiple of 6.
 * @param depth a multiple of 4.
 */
export function multiply(a: usize, b: usize, to: usize, rows: i32, depth: i32, columns: i32): void {
  const rowBytes = depth * floatBytes;
  const toBytes = columns * floatBytes;
  for (let row = 0; row < rows; row += rowGroup) {
    const first = a + row * rowBytes;
    for (let column = 0; column < columns; column += columnGroup) {
      multiplyGroup(first, b + column * rowBytes, to + row * toBytes + column * floatBytes, rowBytes, toBytes);
    }
  }
}

// The products of six rows and eight columns, four values of the depth at a time: a vector of each row is loaded once, and its
// values are spread over a vector of their own, a fifth quicker than loading them spread.
function multiplyGroup(first: usize, group: usize, to: usize, rowBytes: i32, toBytes: i32): void {
  const end = first + rowBytes;
  let b = group;
  let a0 = first;
  let a1 = a0 + rowBytes;
  let a2 = a1 + rowBytes;
  let a3 = a2 + rowBytes;
  let a4 = a3 + rowBytes;
  let a5 = a4 + rowBytes;
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  let c50 = c00;
  let c51 = c00;
  do {
    const r0 = v128.load(a0);
    const r1 = v128.load(a1);
    const r2 = v128.load(a2);
    const r3 = v128.load(a3);
    const r4 = v128.load(a4);
    const r5 = v128.load(a5);

    let left = v128.load(b, 0);
    let right = v128.load(b, 16);
    let value = i32x4.shuffle(r0, r0, 0, 0, 0, 0);
    c00 = addProduct(c00, value, left);
    c01 = addProduct(c01, value, right);
    value = i32x4.shuffle(r1, r1, 0, 0, 0, 0);
    c10 = addProduct(c10, value, left);
    c11 = addProduct(c11, value, right);
    value = i32x4.shuffle(r2, r2, 0, 0, 0, 0);
    c20 = addProduct(c20, value, left);
    c21 = addProduct(c21, value, right);
    value = i32x4.shuffle(r3, r3, 0, 0, 0, 0);
    c30 = addProduct(c30, value, left);
    c31 = addProduct(c31, value, right);
    value = i32x4.shuffle(r4, r4, 0, 0, 0, 0);
    c40 = addProduct(c40, value, left);
    c41 = addProduct(c41, value, right);
    value = i32x4.shuffle(r5, r5, 0, 0, 0, 0);
    c50 = addProduct(c50, value, left);
    c51 = addProduct(c51, value, right);

    left = v128.load(b, 32);
    right = v128.load(b, 48);
    value = i32x4.shuffle(r0, r0, 1, 1, 1, 1);
    c00 = addProduct(c00, value, left);
    c01 = addProduct(c01, value, right);
    value = i32x4.shuffle(r1, r1, 1, 1, 1, 1);
    c10 = addProduct(c10, value, left);
    c11 = addProduct(c11, value, right);
    value = i32x4.shuffle(r2, r2, 1, 1, 1, 1);
    c20 = addProduct(c20, value, left);
    c21 = addProduct(c21, value, right);
    value = i32x4.shuffle(r3, r3, 1, 1, 1, 1);
    c30 = addProduct(c30, value, left);
    c31 = addProduct(c31, value, right);
    value = i32x4.shuffle(r4, r4, 1, 1, 1, 1);
    c40 = addProduct(c40, value, left);
    c41 = addProduct(c41, value, right);
    value = i32x4.shuffle(r5, r5, 1, 1, 1, 1);
    c50 = addProduct(c50, value, left);
    c51 = addProduct(c51, value, right);

    left = v128.load(b, 64);
    right = v128.load(b, 80);
    value = i32x4.shuffle(r0, r0, 2, 2, 2, 2);
    c00 = addProduct(c00, value, left);
    c01 = addProduct(c01, value, right);
    value = i32x4.shuffle(r1, r1, 2, 2, 2, 2);
    c10 = addProduct(c10, value, left);
    c11 = addProduct(c11, value, right);
    value = i32x4.shuffle(r2, r2, 2, 2, 2, 2);
    c20 = addProduct(c20, value, left);
    c21 = addProduct(c21, value, right);
    value = i32x4.shuffle(r3, r3, 2, 2, 2, 2);
    c30 = addProduct(c30, value, left);
    c31 = addProduct(c31, value, right);
    value = i32x4.shuffle(r4, r4, 2, 2, 2, 2);
    c40 = addProduct(c40, value, left);
    c41 = addProduct(c41, value, right);
    value = i32x4.shuffle(r5, r5, 2, 2, 2, 2);
    c50 = addProduct(c50, value, left);
    c51 = addProduct(c51, value, right);

    left = v128.load(b, 96);
    right = v128.load(b, 112);
    value = i32x4.shuffle(r0, r0, 3, 3, 3, 3);
    c00 = addProduct(c00, value, left);
    c01 = addProduct(c01, value, right);
    value = i32x4.shuffle(r1, r1, 3, 3, 3, 3);
    c10 = addProduct(c10, value, left);
    c11 = addProduct(c11, value, right);
    value = i32x4.shuffle(r2, r2, 3, 3, 3, 3);
    c20 = addProduct(c20, value, left);
    c21 = addProduct(c21, value, right);
    value = i32x4.shuffle(r3, r3, 3, 3, 3, 3);
    c30 = addProduct(c30, value, left);
    c31 = addProduct(c31, value, right);
    value = i32x4.shuffle(r4, r4, 3, 3, 3, 3);
    c40 = addProduct(c40, value, left);
    c41 = addProduct(c41, value, right);
    value = i32x4.shuffle(r5, r5, 3, 3, 3, 3);
    c50 = addProduct(c50, value, left);
    c51 = addProduct(c51, value, right);

    b += 128;
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    a4 += 16;
    a5 += 16;
  } while (a0 < end);
  storePair(to, c00, c01);
  storePair(to + toBytes, c10, c11);
  storePair(to + 2 * toBytes, c20, c21);
  storePair(to + 3 * toBytes, c30, c31);
  storePair(to + 4 * toBytes, c40, c41);
  storePair(to + 5 * toBytes, c50, c51);
}

/** Adds a product, in a single instruction where there is one. */
function addProduct(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

function storePair(to: usize, left: v128, right: v128): void {
  v128.store(to, left);
  v128.store(to, right, 16);
}
