import type { ParameterMapping } from "../match-parameters.ts";
import { type LayerRow, tensorflowSources } from "./layer-table.ts";

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

const adjustment: readonly LayerRow[] = ["1", "2", "3", "4"].map((n) => [`conv${n}`, `conv_${n}`]);

const optimiser = /\/Adam(_1)?$|^beta[12]_power$|global_step$/;

/** The official KinD checkpoints in TensorFlow's names (zhangyhuaee/KinD): decomposition and adjustment. */
export const kindTensorflow: ParameterMapping = {
  sources: new Map([
    ...tensorflowSources("decomposition", "DecomNet/", names, decomposition),
    ...tensorflowSources("adjustment", "Illumination_adjust_net/en_", names, adjustment),
  ]),
  ignored: optimiser,
};

/** The official KinD++ checkpoints in TensorFlow's names: the nets have KinD's shapes, and the adjustment has another scope. */
export const kindPlusTensorflow: ParameterMapping = {
  sources: new Map([
    ...tensorflowSources("decomposition", "DecomNet/", names, decomposition),
    ...tensorflowSources("adjustment", "I_enhance_Net/", names, adjustment),
  ]),
  ignored: optimiser,
};
