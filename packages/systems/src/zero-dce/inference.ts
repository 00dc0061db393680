import type { NetworkMethod } from "@kindling/core";
import { pictureNetwork } from "@kindling/core/internal";
import { paper } from "./paper.ts";

/** Zero-DCE: one network from picture to picture, which finds the curves and applies them. */
export const zeroDce: NetworkMethod = { ...pictureNetwork("zero-dce", 1000), paper };
