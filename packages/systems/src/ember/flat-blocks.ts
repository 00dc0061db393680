import {
  add,
  conv,
  expand,
  integers,
  pad,
  reduceMean,
  reshape,
  type Scope,
  sub,
  type Tensor,
  zeros,
} from "@kindling/nets";
import { blockPx } from "./facts.ts";

/**
 * Turns each position into a block of 4x4 pixels, whose 16 values are channels one after the other, for `depthToSpace`.
 * Constant features give constant pixels, so no grid shows in flat areas.
 *
 * All 16 pixels of a block share one 1x1 convolution and one bias. Each also has a 3x3 convolution of its own, from whose
 * window the mean is subtracted for every input channel, so that it responds to differences alone.
 */
export function flatBlocks(scope: Scope, x: Tensor, channels: number): Tensor {
  const from = x.shape[1] as number;
  const phases = blockPx ** 2;
  const shared = scope.parameter("shared", [channels, from, 1, 1], zeros);
  const apart = scope.parameter("apart", [channels * phases, from, 3, 3], zeros);
  const bias = scope.parameter("bias", [channels], zeros);
  const perPhase = (tensor: Tensor, size: number, shape: readonly number[]) =>
    reshape(expand(reshape(tensor, [channels, 1, size]), integers([channels, phases, size])), shape);
  const centre = pad(perPhase(shared, from, [channels * phases, from, 1, 1]), [0, 0, 1, 1, 0, 0, 1, 1]);
  const weight = add(sub(apart, reduceMean(apart, [2, 3])), centre);
  return conv(x, weight, perPhase(bias, 1, [channels * phases]), { pads: [1, 1, 1, 1] });
}
