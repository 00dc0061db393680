// The one list of systems: a line each. The rest of a system is found in its folder, by the method's name.
export { cycleGan } from "./cyclegan/inference.ts";
export { ember } from "./ember/inference.ts";
export { enlightenGan } from "./enlightengan/inference.ts";
export { gladnet } from "./gladnet/inference.ts";
export { hdrnet } from "./hdrnet/inference.ts";
export { kind } from "./kind/inference.ts";
export { llnet } from "./llnet/inference.ts";
export { msrNet } from "./msr-net/inference.ts";
export { retinexNet } from "./retinex-net/inference.ts";
export { sid } from "./sid/inference.ts";
export { zeroDce } from "./zero-dce/inference.ts";
