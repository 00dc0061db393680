import type { NetworkMethod } from "@kindling/core";
import { pictureNetwork } from "@kindling/core/internal";
import { paper } from "./paper.ts";

/** MSR-net: one network from picture to picture. */
export const msrNet: NetworkMethod = { ...pictureNetwork("msr-net", 1600), paper };
