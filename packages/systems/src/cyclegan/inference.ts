import type { NetworkMethod } from "@kindling/core";
import { pictureNetwork } from "@kindling/core/internal";

/** CycleGAN: one network from picture to picture, which sees the whole photo at once. */
export const cycleGan: NetworkMethod = {
  ...pictureNetwork("cyclegan", 1600),
  duration: "half a minute a megapixel",
};
