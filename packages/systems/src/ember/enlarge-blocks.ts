import { constant, conv, pad, type Tensor } from "@kindling/nets";

/** For each row of a block, the weights in sixteenths of the block above, its own and the block below. */
const interpolation = [
  [6, 10, 0],
  [3, 12, 1],
  [1, 12, 3],
  [0, 10, 6],
] as const;

/**
 * Enlarges maps from blocks to pixels by smooth interpolation: bilinear doubling (half-pixel centres, edges repeated)
 * twice, in one step. The 16 pixels of a block are channels one after the other, for `depthToSpace`. It is a convolution, since ONNX Runtime's Resize works on 16 channels at a time however few there
 * are.
 */
export function enlargeBlocks(x: Tensor): Tensor {
  const channels = x.shape[1] as number;
  const phases = interpolation.flatMap((down) =>
    interpolation.map((across) => down.flatMap((row) => across.map((column) => (row * column) / 256))),
  );
  const kernel = Array.from({ length: channels }, () => phases.flat()).flat();
  const bordered = pad(x, [0, 0, 1, 1, 0, 0, 1, 1], "edge");
  const weight = constant(Float32Array.from(kernel), [channels * phases.length, 1, 3, 3]);
  return conv(bordered, weight, undefined, { group: channels });
}
