// What the module exports.
export { light, mix } from "./light";
export { greyWindowRow, placeBlocks, readWindowRow, separateNoise } from "./noise";
export { restore } from "./restore";
export {
  alpha,
  balanceCells,
  blockRoom,
  blocks,
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
  smoothRows,
  weights,
  window,
  windowPlane,
} from "./rows";
export { readMaps, readSamples, writeMaps, writeSamples } from "./samples";
