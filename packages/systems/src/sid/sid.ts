import {
  concat,
  convolution,
  cropTo,
  depthToSpace,
  doublingConvolution,
  leakyRelu,
  linearLight,
  maxPool2,
  min,
  mul,
  type Scope,
  slice,
  type Tensor,
  window,
} from "@kindling/nets";
import { repeatEdgeToMultiple } from "@kindling/nets/internal";

// SID: Chen, Chen, Xu and Koltun, "Learning to See in the Dark", CVPR 2018, arXiv 1805.01934.

/**
 * SID's U-Net: develops a raw mosaic.
 *
 * @param packed the mosaic with a channel for each of its four filters, [batch, 4, height, width], 0 to 1, brightened by
 * the ratio of exposures.
 * @returns the picture, [batch, 3, 2 height, 2 width], encoded; not clipped.
 */
export function sid(scope: Scope, packed: Tensor): Tensor {
  const twice = (level: number, x: Tensor, channels: number) => {
    const conv = (name: string, y: Tensor) => leakyRelu(convolution(scope.at(name), y, { channels }), 0.2);
    return conv(`conv${level}_2`, conv(`conv${level}_1`, x));
  };
  const up = (level: number, x: Tensor, skip: Tensor, channels: number) =>
    concat([cropTo(doublingConvolution(scope.at(`up${level}`), x, channels), skip), skip], 1);

  const c1 = twice(1, packed, 32); // [n, 32, h, w]
  const c2 = twice(2, maxPool2(c1), 64); // [n, 64, h/2, w/2]
  const c3 = twice(3, maxPool2(c2), 128); // [n, 128, h/4, w/4]
  const c4 = twice(4, maxPool2(c3), 256); // [n, 256, h/8, w/8]
  const c5 = twice(5, maxPool2(c4), 512); // [n, 512, h/16, w/16]
  const c6 = twice(6, up(6, c5, c4, 256), 256); // [n, 256, h/8, w/8]
  const c7 = twice(7, up(7, c6, c3, 128), 128); // [n, 128, h/4, w/4]
  const c8 = twice(8, up(8, c7, c2, 64), 64); // [n, 64, h/2, w/2]
  const c9 = twice(9, up(9, c8, c1, 32), 32); // [n, 32, h, w]
  return depthToSpace(convolution(scope.at("output"), c9, { channels: 12, kernel: 1 }), 2); // [n, 3, 2h, 2w]
}

/** To the end of a side, however long. */
const end = 2 ** 31 - 1;

/**
 * Packs the mosaic that a sensor with Bayer filters would have recorded of a picture: red, green, blue and green, as the
 * authors pack theirs.
 *
 * @param light [batch, 3, height, width], the sides even.
 * @returns [batch, 4, height / 2, width / 2].
 */
export function packMosaic(light: Tensor): Tensor {
  const filters = [
    [0, 0, 0],
    [1, 0, 1],
    [2, 1, 1],
    [1, 1, 0],
  ] as const;
  const planes = filters.map(([channel, row, column]) =>
    window(slice(light, 1, channel, channel + 1), 2, [row, column], [end, end], [2, 2]),
  );
  return concat(planes, 1);
}

/**
 * SID from picture to picture: takes the mosaic of a developed picture, as if it came from the sensor, brightens it and
 * develops it anew.
 *
 * @param image [batch, 3, height, width], encoded, 0 to 1.
 * @param ratio how much brighter the result's exposure is, of a shape that broadcasts.
 * @returns of the picture's size, encoded; not clipped.
 */
export function sidOfPicture(scope: Scope, image: Tensor, ratio: Tensor): Tensor {
  const even = repeatEdgeToMultiple(image, 2);
  const packed = packMosaic(linearLight(even));
  return cropTo(sid(scope, min(mul(packed, ratio), 1)), image);
}
