import type { ParameterMapping } from "@kindling/nets";

const layers = [1, 2, 3, 4, 5, 6, 7];

/** The authors' checkpoints (Li-Chongyi/Zero-DCE), in PyTorch's layout, which is ours. */
export const zeroDcePytorch: ParameterMapping = {
  sources: new Map(
    layers.flatMap((layer) =>
      ["weight", "bias"].map((part) => [`conv${layer}/${part}`, { name: `e_conv${layer}.${part}` }] as const),
    ),
  ),
};
