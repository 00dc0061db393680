import { pictureNetwork } from "@kindling/core/internal";

/** RetinexNet: one network from picture to picture. It resizes by the picture's own size, so it is not tiled. */
export const retinexNet = pictureNetwork("retinex-net", 1600);
