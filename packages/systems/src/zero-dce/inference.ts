import { pictureNetwork } from "@kindling/core/internal";

/** Zero-DCE: one network from picture to picture, which finds the curves and applies them. */
export const zeroDce = pictureNetwork("zero-dce", 1000);
