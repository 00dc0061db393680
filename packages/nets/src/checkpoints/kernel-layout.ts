import { gather, rowMajorStrides, type StoredTensor } from "./stored-tensor.ts";

/** Reorders a tensor's axes: axis `i` of the result is axis `order[i]` of the tensor. */
function permuteAxes({ shape, values }: StoredTensor, order: readonly number[]): StoredTensor {
  const strides = rowMajorStrides(shape);
  const permuted = order.map((axis) => shape[axis]);
  const steps = order.map((axis) => strides[axis]);
  return { shape: permuted, values: gather(values, 0, permuted, steps) };
}

/** A convolution's kernel from TensorFlow's order (height, width, in, out) to ONNX's and PyTorch's (out, in, height, width). */
export function hwioToOihw(kernel: StoredTensor): StoredTensor {
  return permuteAxes(kernel, [3, 2, 0, 1]);
}

/**
 * A transposed convolution's kernel from TensorFlow's order (height, width, out, in) to ONNX's and PyTorch's
 * (in, out, height, width). Nothing is flipped: both frameworks scatter with the kernel as it stands.
 */
export function hwoiToIohw(kernel: StoredTensor): StoredTensor {
  return permuteAxes(kernel, [3, 2, 0, 1]);
}
