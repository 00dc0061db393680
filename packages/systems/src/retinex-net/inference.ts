import {
  createPlane,
  defaultSettings,
  type FollowOptions,
  follow,
  type NetworkMethod,
  type Picture,
  type Plane,
} from "@kindling/core";
import {
  type Analysis,
  bm3d,
  type OpenModel,
  pictureOfPlanes,
  pictureSource,
  plainAnalysis,
  planesSink,
  progressWithin,
  type Transfer,
  withMirroredBorder,
} from "@kindling/core/internal";
import { paper } from "./paper.ts";
import { lightReflectance, mixReflectances } from "./relight.ts";

/**
 * RetinexNet: reflectance times the new illumination. It resizes by the picture's own size, so it is not tiled. Where the
 * model's manifest has a border, the photo is mirrored by it, which the authors' program does not: zeros around a photo give
 * it a dark frame.
 *
 * `denoise` is the paper's last step, BM3D on the reflectance, the stronger the darker the place was. It is 0 by default, as
 * in the authors' program, which leaves it out: it takes one to two minutes a megapixel, and with the weights here most of
 * the noise is in the illumination.
 *
 * Source: Wei, Wang, Yang and Liu, arXiv 1808.04560, section 3.3; the share by illumination as in LIME, algorithm 2.
 */
export const retinexNet: NetworkMethod = {
  name: "retinex-net",
  paper,
  strengths: ["denoise"],
  defaultStrengths: { denoise: 0 },
  hasMaps: true,
  hasOwnLight: false,
  bytesPerPixel: { whole: 1600 },
  // The result, and five planes of floats: reflectance, illumination, new illumination.
  keptBytesPerPixel: 32,
  open: (model) => ({
    analyse: (picture, { transfer }, options) => analyse(model, picture, transfer, options),
    close: () => model.close(),
  }),
};

async function analyse(
  model: OpenModel,
  picture: Picture,
  transfer: Transfer,
  options: FollowOptions,
): Promise<Analysis> {
  const plane = (): Plane => createPlane(picture.width, picture.height);
  const [reflectance, illumination, relit] = [[plane(), plane(), plane()], plane(), plane()] as const;
  const outputs = {
    reflectance: planesSink(reflectance),
    illumination: planesSink([illumination]),
    relit: planesSink([relit]),
  };
  // A part that sees whole pictures gets no border of itself.
  const { borderPx: px = 0 } = model.manifest;
  const ports = { inputs: { image: pictureSource(picture) }, outputs };
  const { size, flow } = withMirroredBorder(picture, { left: px, top: px, right: px, bottom: px }, ports);
  await model.part("whole").run(size, flow, options);
  const split = pictureOfPlanes(reflectance);
  const light = (layer: Picture, following: FollowOptions) =>
    follow(lightReflectance(picture, layer, relit), following);
  const noisy = plainAnalysis(picture, await light(split, { signal: options.signal }), transfer);
  let clean: Picture | undefined;
  return {
    ...noisy,
    async relight(wanted, following) {
      const share = wanted.strengths.denoise;
      if (share === 0) return noisy.relight(wanted, following);
      clean ??= await follow(
        bm3d.enhance(split, defaultSettings(bm3d), { levels: 65535 }),
        progressWithin(0, 0.9, following),
      );
      const { signal } = following;
      const lit = await light(await follow(mixReflectances(split, clean, illumination, share), { signal }), { signal });
      // `auto` is as light as with the noise.
      const level = typeof wanted.light === "number" ? wanted.light : noisy.autoLight;
      return plainAnalysis(picture, lit, transfer).relight(
        { ...wanted, light: level },
        progressWithin(0.9, 1, following),
      );
    },
    maps: () => ({ reflectance: split, illumination: pictureOfPlanes([illumination]) }),
  };
}
