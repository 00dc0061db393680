import type { MethodOption } from "../settings/method-settings.ts";

/** The setting of the Retinex methods for the share of the result that may be clipped when it is stretched. */
export const clipOption: MethodOption = {
  default: 2,
  min: 0,
  max: 25,
  unit: "%",
  about: "Share of the samples that may become fully black, and as many fully bright: more gives more contrast.",
};
