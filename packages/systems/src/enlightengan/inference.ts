import type { NetworkMethod } from "@kindling/core";
import { pictureNetwork } from "@kindling/core/internal";
import { paper } from "./paper.ts";

/** EnlightenGAN: one network from picture to picture; photos are mirrored out to multiples of 16 px. */
export const enlightenGan: NetworkMethod = { ...pictureNetwork("enlightengan", 1400, "mirror"), paper };
