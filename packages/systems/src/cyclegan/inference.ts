import { pictureNetwork } from "@kindling/core/internal";

/** CycleGAN: one network from picture to picture, which sees the whole photo at once. */
export const cycleGan = pictureNetwork("cyclegan", 1600);
