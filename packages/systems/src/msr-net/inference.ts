import { pictureNetwork } from "@kindling/core/internal";

/** MSR-net: one network from picture to picture. */
export const msrNet = pictureNetwork("msr-net", 1600);
