// What the module exports.
export { light, mix } from "./light";
export { restore } from "./restore";
export {
  alpha,
  balanceCells,
  blue,
  blueDetail,
  confidence,
  gain,
  gainCells,
  green,
  greenDetail,
  layOut,
  mapWords,
  red,
  redDetail,
  samples,
  saturationCells,
} from "./rows";
export { readMaps, readSamples, writeMaps, writeSamples } from "./samples";
