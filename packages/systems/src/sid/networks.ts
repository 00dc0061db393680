import { defineNetwork } from "@kindling/nets";
import { paper } from "./paper.ts";
import { sid, sidOfPicture } from "./sid.ts";

/** SID from picture to picture, and alone. */
export const sidNetworks = {
  whole: defineNetwork(
    "sid",
    "SID on the mosaic of a developed picture, at a given ratio of exposures.",
    paper,
    { image: 3, ratio: 0 },
    (scope, { image, ratio }) => ({ enhanced: sidOfPicture(scope, image, ratio) }),
  ),
  develop: defineNetwork(
    "sid/develop",
    "SID on a packed raw mosaic, brightened by the ratio of exposures; the result has twice its sides.",
    paper,
    { packed: 4 },
    (scope, { packed }) => ({ enhanced: sid(scope, packed) }),
  ),
};
