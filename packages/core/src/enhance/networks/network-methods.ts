import { ember } from "./ember.ts";
import { gladnet } from "./gladnet.ts";
import { kind } from "./kind.ts";
import type { NetworkMethod } from "./network-method.ts";
import { pictureNetwork } from "./picture-network.ts";

/** Every network architecture that can enhance photos once weights for it are there. */
export const networkMethods: readonly NetworkMethod[] = [
  ember,
  kind,
  gladnet,
  pictureNetwork("msr-net", 1600),
  pictureNetwork("enlightengan", 1400, "mirror"),
  pictureNetwork("retinex-net", 1600),
];
