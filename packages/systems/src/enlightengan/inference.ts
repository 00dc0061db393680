import { pictureNetwork } from "@kindling/core/internal";

/** EnlightenGAN: one network from picture to picture; photos are mirrored out to multiples of 16 px. */
export const enlightenGan = pictureNetwork("enlightengan", 1400, "mirror");
