import { finish, type ModelTensor } from "@kindling/core";
import { resizePlane } from "@kindling/core/internal";

/** Means and deviations of ImageNet's pictures by channel, as most networks take them away and divide by them. */
export const imageNet = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

/** Resizes [1, 3, height, width]: to means where it gets smaller, between neighbours where it gets larger. */
export function resize({ shape, values }: ModelTensor, columns: number, rows: number): ModelTensor {
  const [, , height = 0, width = 0] = shape;
  const resized = new Float32Array(3 * rows * columns);
  for (let c = 0; c < 3; c++) {
    const plane = { width, height, values: values.slice(c * width * height, (c + 1) * width * height) };
    resized.set(finish(resizePlane(plane, columns, rows)).values, c * rows * columns);
  }
  return { shape: [1, 3, rows, columns], values: resized };
}

/** Turns red, green and blue of [1, 3, height, width] round, as OpenCV has them. */
export function inBlueGreenRed({ shape, values }: ModelTensor): ModelTensor {
  const pixels = values.length / 3;
  const turned = new Float32Array(values.length);
  for (let c = 0; c < 3; c++) turned.set(values.subarray((2 - c) * pixels, (3 - c) * pixels), c * pixels);
  return { shape, values: turned };
}

/** Takes the mean of each channel of [1, 3, height, width] away, and divides by its deviation. */
export function normalise(
  { shape, values }: ModelTensor,
  { mean, deviation }: { readonly mean: readonly number[]; readonly deviation: readonly number[] },
): ModelTensor {
  const pixels = values.length / 3;
  const channelOf = (i: number) => Math.floor(i / pixels);
  return { shape, values: values.map((value, i) => (value - mean[channelOf(i)]!) / deviation[channelOf(i)]!) };
}
