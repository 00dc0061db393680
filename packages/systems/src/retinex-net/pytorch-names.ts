import type { ParameterMapping } from "@kindling/nets";
import { type LayerRow, pytorchSources } from "@kindling/nets/internal";

const decomposition: readonly LayerRow[] = [
  ["conv0", "conv0"],
  ["conv1", "convs.0"],
  ["conv2", "convs.2"],
  ["conv3", "convs.4"],
  ["conv4", "convs.6"],
  ["conv5", "convs.8"],
  ["conv6", "recon"],
];

const relight: readonly LayerRow[] = [
  ["conv0", "conv0_1"],
  ["down1", "conv1_1"],
  ["down2", "conv1_2"],
  ["down3", "conv1_3"],
  ["up1", "deconv1_1"],
  ["up2", "deconv1_2"],
  ["up3", "deconv1_3"],
  ["fusion", "fusion"],
  ["output", "output"],
];

/** The checkpoints of the RetinexNet port to PyTorch (aasharma90/RetinexNet_PyTorch), with one file for each of the two nets. */
export const retinexNetPytorch: ParameterMapping = {
  sources: new Map([
    ...pytorchSources("decomposition", "net1_", decomposition),
    ...pytorchSources("relight", "net2_", relight),
  ]),
};
