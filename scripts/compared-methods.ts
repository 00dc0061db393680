import { methods, openModelStore } from "@kindling/node";

/** The networks of `models/` that results compare. The 8-bit form of weights is compared with their floats in docs/EMBER.md. */
export const comparedNetworks: readonly string[] = (await openModelStore().list())
  .filter(({ tag }) => tag !== "int8")
  .map(({ network, tag }) => `${network}.${tag}`);

/** These networks, and the classical methods that light a photo. */
export const comparedMethods: readonly string[] = [
  ...comparedNetworks,
  ...methods.filter(({ removesNoise }) => !removesNoise).map(({ name }) => name),
];
