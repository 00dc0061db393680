import type { ParameterMapping } from "@kindling/nets";
import { type LayerRow, tensorflowSources } from "@kindling/nets/internal";

const names = { weight: "kernel", bias: "bias" };

const decomposition: readonly LayerRow[] = [
  ["conv0", "shallow_feature_extraction"],
  ["conv1", "activated_layer_0"],
  ["conv2", "activated_layer_1"],
  ["conv3", "activated_layer_2"],
  ["conv4", "activated_layer_3"],
  ["conv5", "activated_layer_4"],
  ["conv6", "recon_layer"],
];

const relight: readonly LayerRow[] = [
  ["conv0", "conv2d"],
  ["down1", "conv2d_1"],
  ["down2", "conv2d_2"],
  ["down3", "conv2d_3"],
  ["up1", "conv2d_4"],
  ["up2", "conv2d_5"],
  ["up3", "conv2d_6"],
  ["fusion", "conv2d_7"],
  ["output", "conv2d_8"],
];

/**
 * The official RetinexNet checkpoints in TensorFlow's names (weichen582/RetinexNet).
 *
 * The decomposition's file also holds Adam's slots, a denoising net and an untrained relighting net of another shape. They
 * are ignored, unless the relighting net itself is imported.
 */
export const retinexNetTensorflow: ParameterMapping = {
  sources: new Map([
    ...tensorflowSources("decomposition", "DecomNet/", names, decomposition),
    ...tensorflowSources("relight", "RelightNet/", names, relight),
  ]),
  ignored: /AdamOptimizer(_1)?$|^beta[12]_power$|^DenoiseNet\/|^RelightNet\//,
};
