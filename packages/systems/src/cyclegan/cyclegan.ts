import {
  add,
  constant,
  convolution,
  convTranspose,
  cropBorder,
  instanceNormalization,
  integers,
  leakyRelu,
  mul,
  normal,
  padToMultiple,
  relu,
  type Scope,
  sub,
  type Tensor,
  tanh,
  zeros,
} from "@kindling/nets";
import { mirrorBorder } from "@kindling/nets/internal";

// CycleGAN: Zhu, Park, Isola and Efros, "Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial
// Networks", ICCV 2017, arXiv 1703.10593; layers as in the authors' code.

const initialiser = normal(0, 0.02);

/** Residual blocks of a generator, as for pictures of 256x256 or more. */
const residualBlocks = 9;

/**
 * A generator: two halvings, nine residual blocks, two doublings. Every layer is normalised by each picture itself, so
 * that a result depends on the whole picture.
 *
 * @param image [batch, 3, height, width], -1 to 1, the sides multiples of 4.
 * @returns [batch, 3, height, width], -1 to 1.
 */
export function cycleGanGenerator(scope: Scope, image: Tensor): Tensor {
  const layer = (name: string, x: Tensor, channels: number, stride: number) =>
    relu(standardise(convolution(scope.at(name), x, { channels, stride, padding: 1, initialiser })));
  const c1 = edge(scope.at("first"), image, 64);
  const c2 = layer("down1", relu(standardise(c1)), 128, 2); // [n, 128, h/2, w/2]
  const c3 = layer("down2", c2, 256, 2); // [n, 256, h/4, w/4]
  let x = c3;
  for (let block = 1; block <= residualBlocks; block++) x = add(x, residual(scope.at(`residual${block}`), x));
  const u1 = relu(standardise(double(scope.at("up1"), x, 128))); // [n, 128, h/2, w/2]
  const u2 = relu(standardise(double(scope.at("up2"), u1, 64))); // [n, 64, h, w]
  return tanh(edge(scope.at("last"), u2, 3));
}

/** A convolution of 7x7 at the size of the picture. */
function edge(scope: Scope, x: Tensor, channels: number): Tensor {
  return convolution(scope, mirror(x, 3), { channels, kernel: 7, padding: 0, initialiser });
}

function residual(scope: Scope, x: Tensor): Tensor {
  const layer = (name: string, y: Tensor) =>
    standardise(convolution(scope.at(name), mirror(y, 1), { channels: 256, padding: 0, initialiser }));
  return layer("conv2", relu(layer("conv1", x)));
}

/** Doubles height and width by a transposed convolution of 3x3. */
function double(scope: Scope, x: Tensor, channels: number): Tensor {
  const weight = scope.parameter("weight", [x.shape[1] as number, channels, 3, 3], initialiser);
  return convTranspose(x, weight, scope.parameter("bias", [channels], zeros), {
    strides: [2, 2],
    pads: [1, 1, 1, 1],
    output_padding: [1, 1],
  });
}

/** Mirrors a border outwards, about the outermost pixels. */
function mirror(x: Tensor, px: number): Tensor {
  const border = integers([px]);
  return [2, 3].reduce((bordered, axis) => mirrorBorder(bordered, axis, border, border), x);
}

/** Instance normalisation without gains. */
function standardise(x: Tensor): Tensor {
  const channels = x.shape[1] as number;
  const filled = (value: number) => constant(new Float32Array(channels).fill(value));
  return instanceNormalization(x, filled(1), filled(0));
}

/**
 * CycleGAN's generator on pictures of any size, 0 to 1: mirrors the edges out to multiples of 4 px, and crops the
 * result back.
 */
export function cycleGan(scope: Scope, image: Tensor): Tensor {
  const padded = padToMultiple(sub(mul(image, 2), 1), 4);
  return cropBorder(mul(add(cycleGanGenerator(scope, padded), 1), 0.5), image);
}

/**
 * A discriminator: scores patches of 70x70 as real or generated, without a sigmoid because of the least-squares losses.
 *
 * @param image [batch, 3, height, width], -1 to 1, sides of 24 or more.
 * @returns scores [batch, 1, rows, columns].
 */
export function cycleGanDiscriminator(scope: Scope, image: Tensor): Tensor {
  const conv = (layer: number, x: Tensor, channels: number, stride: number) =>
    convolution(scope.at(`conv${layer}`), x, { channels, kernel: 4, stride, padding: 1, initialiser });
  const c1 = leakyRelu(conv(1, image, 64, 2), 0.2);
  const c2 = leakyRelu(standardise(conv(2, c1, 128, 2)), 0.2);
  const c3 = leakyRelu(standardise(conv(3, c2, 256, 2)), 0.2);
  const c4 = leakyRelu(standardise(conv(4, c3, 512, 1)), 0.2);
  return conv(5, c4, 1, 1);
}
