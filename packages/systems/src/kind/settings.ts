import type { RecipeSettings } from "@kindling/lab";

/** The settings of KinD's training. The defaults are the preset `ours`. */
export const kindSettings = {
  equalReflectance: {
    default: 0.2,
    min: 0,
    max: 100,
    about: "decomposition: weight of the difference between the two reflectances (paper: 0.01)",
  },
  reflectanceNorm: {
    default: "l1",
    choices: ["l1", "l2"],
    about: "decomposition: that difference is absolute (authors' code) or squared (printed in the paper: l2)",
  },
  smoothness: {
    default: 0.12,
    min: 0,
    max: 100,
    about: "decomposition: weight of illumination edges that the picture lacks (paper: 0.15)",
  },
  epsilon: {
    default: 0.01,
    min: 1e-6,
    max: 1,
    about: "decomposition: least edge of the picture that they are divided by (authors' code; printed: 0.001)",
  },
  c: {
    default: 10,
    min: 0.1,
    max: 1000,
    about: "decomposition: how soon strong edges that both illuminations have cost nothing (paper: 10)",
  },
  edgesOver: {
    default: "none",
    choices: ["batch", "picture", "none"],
    about: "decomposition: edges are normalised over the batch (paper), each picture, or not at all (none)",
  },
  envelope: {
    default: 0.5,
    min: 0,
    max: 100,
    about: "decomposition: weight of the illumination's distance from the largest channel (paper: 0)",
  },
  tone: {
    default: "root",
    choices: ["encoded", "root"],
    formerName: "root",
    about: "all stages: the nets work on encoded values (paper) or on their square roots (root)",
  },
  targetPower: {
    default: 1,
    min: 0.5,
    max: 3,
    about: "restoration: power of the bright reflectance that serves as target (authors' code: 1.2)",
  },
  lit: {
    default: 1,
    min: 0,
    max: 100,
    about: "restoration: weight of the error under the bright picture's illumination (paper: 0)",
  },
} as const;

/**
 * The preset `paper`: the losses of the authors' code, whose numbers the golden files hold. As printed the reflectances
 * differ by an L2 norm and epsilon is 0.001: `--preset paper --set reflectanceNorm=l2 epsilon=0.001`.
 */
export const kindPaperSettings: RecipeSettings<typeof kindSettings> = {
  equalReflectance: 0.01,
  reflectanceNorm: "l1",
  smoothness: 0.15,
  epsilon: 0.01,
  c: 10,
  edgesOver: "batch",
  envelope: 0,
  tone: "encoded",
  targetPower: 1.2,
  lit: 0,
};
