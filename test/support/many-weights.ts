import type { System } from "@kindling/lab";
import { countParameters, type Network } from "@kindling/nets";

/** Whether a network has so many weights that encoding, opening and running it take seconds each time. */
export const hasManyWeights = ({ build }: Network): boolean => countParameters(build()) > 7e6;

/** Whether a system has a network so large that a step of its training takes seconds. */
export const isLargeSystem = ({ networks }: System): boolean =>
  networks.some(({ build }) => countParameters(build()) > 8.5e6);
