import { add, concat, convolution, div, log, mul, relu, type Scope, sub, type Tensor } from "@kindling/nets";

// MSR-net: Shen, Yue, Feng, Chen, Liu and Ma, "MSR-net: Low-light Image Enhancement Using Deep Convolutional
// Network", arXiv 1711.02488, 2017.

/** What of MSR-net's structure can be chosen; the names are the paper's. */
export interface MsrNetStructure {
  /** Scales of the logarithms, above 0: the larger, the more a logarithm lifts the shadows. Their number is the paper's n. */
  readonly v: readonly number[];
  /** Number of convolutions in the difference part. */
  readonly K: number;
}

/** The paper's structure. */
export const paperStructure: MsrNetStructure = { v: [1, 10, 100, 300], K: 10 };

/**
 * MSR-net from picture to picture: logarithms of several strengths, a stack of convolutions whose output is subtracted as
 * the surround is in classical Retinex, and a colour restoration.
 *
 * @param image [batch, 3, height, width], 0 to 1.
 * @param structure the paper's if not given.
 * @returns the enhanced picture, not clipped.
 */
export function msrNet(scope: Scope, image: Tensor, { v: scales, K: depth }: MsrNetStructure = paperStructure): Tensor {
  // f1, multi-scale logarithmic transformation: M_j = log base v_j + 1 of (1 + v_j X).
  const logarithms = scales.map((v) => div(log(add(mul(image, v), 1)), Math.log(1 + v)));
  const m = concat(logarithms, 1); // [n, 3 scales, h, w]
  const f1 = scope.at("multiscale");
  const mixed = relu(convolution(f1.at("conv1x1"), m, { channels: 32, kernel: 1 })); // [n, 32, h, w]
  const x1 = convolution(f1.at("conv3x3"), mixed, { channels: 3 }); // [n, 3, h, w]

  // f2, difference of convolution: X_2 = X_1 - H_{K+1}.
  const f2 = scope.at("diff");
  const surrounds: Tensor[] = [];
  for (let k = 1; k <= depth; k++) {
    surrounds.push(relu(convolution(f2.at(`conv${k}`), surrounds.at(-1) ?? x1, { channels: 32 })));
  }
  const surround = convolution(f2.at("fuse1x1"), concat(surrounds, 1), { channels: 3, kernel: 1 }); // 32 K to 3
  const x2 = sub(x1, surround);

  // f3, colour restoration.
  return convolution(scope.at("color").at("conv1x1"), x2, { channels: 3, kernel: 1 }); // [n, 3, h, w]
}
