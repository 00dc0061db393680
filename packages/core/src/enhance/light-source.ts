import type { Plane } from "../image/picture.ts";
import type { TileSource } from "../tiling/run-tiles.ts";

/**
 * A light level as a plane: the same everywhere, or under a mask 1 + (light - 1) mask, so that where the mask is 0 the
 * light stays as it is.
 */
export function lightSource(light: number, mask?: Plane): TileSource {
  return {
    channels: 1,
    fill({ left, top, width, height }, values) {
      if (!mask) {
        values.fill(light);
        return;
      }
      let i = 0;
      for (let y = top; y < top + height; y++) {
        for (let x = left; x < left + width; x++) values[i++] = 1 + (light - 1) * mask.values[y * mask.width + x];
      }
    },
  };
}
