import type { NetworkMethod } from "@kindling/core";
import { pictureNetwork } from "@kindling/core/internal";
import { paper } from "./paper.ts";

/** CycleGAN: one network from picture to picture, which sees the whole photo at once. */
export const cycleGan: NetworkMethod = { ...pictureNetwork("cyclegan", 1600), paper };
