// The entry for enhancement alone: it loads no graphs and no training, so that pages and servers stay small.
import type { NetworkMethod } from "@kindling/core";
import { ember } from "./ember/inference.ts";
import { enlightenGan } from "./enlightengan/inference.ts";
import { gladnet } from "./gladnet/inference.ts";
import { kind } from "./kind/inference.ts";
import { msrNet } from "./msr-net/inference.ts";
import { retinexNet } from "./retinex-net/inference.ts";

/**
 * The method of every system: how it enhances photos. The first is the default. This is the one list of systems; each
 * name is also that of the folder with the rest of the system.
 */
export const networkMethods: readonly NetworkMethod[] = [ember, kind, gladnet, msrNet, enlightenGan, retinexNet];
