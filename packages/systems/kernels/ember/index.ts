// What the module exports.
export { addFinestDetail, enlargeRow } from "./enlarge";
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
  smallRows,
  smoothRows,
  weights,
  window,
  windowPlane,
} from "./rows";
export { readMaps, readSamples, writeMaps, writeSamples } from "./samples";
