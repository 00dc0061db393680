import { pictureNetwork } from "@kindling/core/internal";

/** EnlightenGAN: one network from picture to picture, on a grid of 16 px to which photos are mirrored out. */
export const enlightenGan = pictureNetwork("enlightengan", 1400, "mirror");
