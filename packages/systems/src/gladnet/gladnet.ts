import {
  add,
  concat,
  convolution,
  integers,
  relu,
  resizeNearest,
  type Scope,
  sizeOf,
  type Tensor,
} from "@kindling/nets";
import { gladnetFeatures, gladnetOverviewPx } from "./facts.ts";

// GLADNet: Wang, Wei, Yang and Liu, "GLADNet: Low-Light Enhancement Network with Global Awareness", FG 2018.

/**
 * Global illumination estimation: describes how the light lies in the whole picture, at 96x96.
 *
 * @param image [batch, 3, height, width], 0 to 1.
 * @returns features [batch, 64, 96, 96].
 */
export function gladnetGlobal(scope: Scope, image: Tensor): Tensor {
  const down = (level: number, x: Tensor) =>
    relu(convolution(scope.at(`down${level}`), x, { channels: gladnetFeatures, stride: 2 }));
  const up = (level: number, x: Tensor, sidePx: number) =>
    relu(convolution(scope.at(`up${level}`), resizeSquare(x, sidePx), { channels: gladnetFeatures }));

  const d1 = down(1, resizeSquare(image, gladnetOverviewPx)); // [n, 64, 48, 48]
  const d2 = down(2, d1); // [n, 64, 24, 24]
  const d3 = down(3, d2); // [n, 64, 12, 12]
  const d4 = down(4, d3); // [n, 64, 6, 6]
  const d5 = down(5, d4); // [n, 64, 3, 3]
  const d6 = down(6, d5); // [n, 64, 2, 2]
  const u1 = add(up(1, d6, 3), d5); // [n, 64, 3, 3]
  const u2 = add(up(2, u1, 6), d4); // [n, 64, 6, 6]
  const u3 = add(up(3, u2, 12), d3); // [n, 64, 12, 12]
  const u4 = add(up(4, u3, 24), d2); // [n, 64, 24, 24]
  const u5 = add(up(5, u4, 48), d1); // [n, 64, 48, 48]
  return up(6, u5, gladnetOverviewPx); // [n, 64, 96, 96]
}

/**
 * Detail reconstruction: computes the result from the picture at its own size and the global features.
 *
 * @param image [batch, 3, height, width], 0 to 1.
 * @param features the global features at the picture's size, [batch, 64, height, width].
 * @returns the enhanced picture; 0 or more, above 1 where it burns out.
 */
export function gladnetDetail(scope: Scope, image: Tensor, features: Tensor): Tensor {
  const conv = (name: string, x: Tensor, channels: number) => relu(convolution(scope.at(name), x, { channels }));

  const d1 = conv("detail1", concat([features, image], 1), 128); // [n, 128, h, w]
  const d2 = conv("detail2", d1, 128);
  const d3 = conv("detail3", d2, 128);
  const d4 = conv("detail4", d3, 128);
  return conv("output", d4, 3); // [n, 3, h, w]
}

/**
 * GLADNet from picture to picture: global features, enlarged to the picture's size, then detail reconstruction.
 *
 * @param image [batch, 3, height, width], 0 to 1.
 * @returns the enhanced picture; 0 or more, above 1 where it burns out.
 */
export function gladnet(scope: Scope, image: Tensor): Tensor {
  const features = resizeNearest(gladnetGlobal(scope, image), sizeOf(image, 2), sizeOf(image, 3));
  return gladnetDetail(scope, image, features);
}

function resizeSquare(x: Tensor, sidePx: number): Tensor {
  return resizeNearest(x, integers([sidePx]), integers([sidePx]));
}
