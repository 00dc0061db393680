// The light entry: how photos are enhanced. It loads no graphs and no trainers, so pages and servers stay small.
import type { NetworkMethod } from "@kindling/core";
import { ember } from "./ember/inference.ts";
import { enlightenGan } from "./enlightengan/inference.ts";
import { gladnet } from "./gladnet/inference.ts";
import { kind } from "./kind/inference.ts";
import { msrNet } from "./msr-net/inference.ts";
import { retinexNet } from "./retinex-net/inference.ts";

/**
 * Every system, by how photos are enhanced with it; the first is the default. The one list of systems: each name is
 * the folder's, where the rest of the system is found.
 */
export const networkMethods: readonly NetworkMethod[] = [ember, kind, gladnet, msrNet, enlightenGan, retinexNet];
