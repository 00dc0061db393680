// What the module exports.
export { addFinestDetail, enlargeMaps, enlargeShares } from "./enlarge";
export { light, mix } from "./light";
export { greyWindowRow, placeBlocks, readWindowRow, separateNoise } from "./noise";
export { addSamples, reduceSums } from "./reduce";
export { restore } from "./restore";
export {
  alpha,
  balanceCells,
  blockRoom,
  blocks,
  blue,
  blueDetail,
  cellSums,
  coarseShare,
  columnShares,
  columns,
  confidence,
  fineShare,
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
  shareRows,
  smoothRows,
  weights,
  window,
  windowPlane,
} from "./rows";
export { readMaps, readSamples, writeMaps, writeSamples } from "./samples";
export { addCellSums, readSmallRow, writeFound } from "./small";
