import type { ParameterMapping } from "@kindling/nets";
import { type LayerRow, tensorflowSources } from "@kindling/nets/internal";

const names = { weight: "weights", bias: "biases" };

const decomposition: readonly LayerRow[] = [
  ["g1", "g_conv1_1"],
  ["g2", "g_conv2_1"],
  ["g3", "g_conv3_1"],
  ["up8", "g_up_1", "transposed, no bias"],
  ["g8", "g_conv8_1"],
  ["up9", "g_up_2", "transposed, no bias"],
  ["g9", "g_conv9_1"],
  ["reflectance", "g_conv10"],
  ["l1", "l_conv1_2"],
  ["illumination", "l_conv1_4"],
];

const restoration: readonly LayerRow[] = [
  ...[1, 2, 3, 4, 5].flatMap(twoConvolutions),
  ...[6, 7, 8, 9].flatMap((level): LayerRow[] => [
    [`up${level}`, `up_${level}`, "transposed, no bias"],
    ...twoConvolutions(level),
  ]),
  ["reflectance", "de_conv10"],
];

function twoConvolutions(level: number): LayerRow[] {
  return ["1", "2"].map((n) => [`conv${level}_${n}`, `de_conv${level}_${n}`]);
}

const adjustment: readonly LayerRow[] = ["1", "2", "3", "4"].map((n) => [`conv${n}`, `conv_${n}`]);

const optimiser = /\/Adam(_1)?$|^beta[12]_power$|global_step$/;

/** The official KinD checkpoints in TensorFlow's names (zhangyhuaee/KinD): one file for each of its three nets. */
export const kindTensorflow: ParameterMapping = {
  sources: new Map([
    ...tensorflowSources("decomposition", "DecomNet/", names, decomposition),
    ...tensorflowSources("restoration", "Restoration_net/", names, restoration),
    ...tensorflowSources("adjustment", "Illumination_adjust_net/en_", names, adjustment),
  ]),
  ignored: optimiser,
};

/**
 * The official KinD++ checkpoints in TensorFlow's names: decomposition and adjustment, which have KinD's shapes (the
 * adjustment under another scope). KinD++'s restoration is another network.
 */
export const kindPlusTensorflow: ParameterMapping = {
  sources: new Map([
    ...tensorflowSources("decomposition", "DecomNet/", names, decomposition),
    ...tensorflowSources("adjustment", "I_enhance_Net/", names, adjustment),
  ]),
  ignored: optimiser,
};
