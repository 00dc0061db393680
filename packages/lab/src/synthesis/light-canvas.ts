import { createPicture } from "@kindling/core";
import type { Rgb } from "./colour-matrix.ts";
import type { LinearPicture } from "./scene-of-photo.ts";

/** An ellipse: its centre and half axes in pixels, and its angle in radians. */
export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Length over width, 1 or more. */
  readonly aspect: number;
  readonly angle: number;
}

/** A black scene of linear light. */
export function blackScene(width: number, height: number): LinearPicture {
  return createPicture(width, height, 3);
}

/** Adds light of one colour: `profile` gives its amount at the distance from the ellipse's centre, 1 = its edge. */
export function addLight(
  scene: LinearPicture,
  colour: Rgb,
  { x: cx, y: cy, radius, aspect, angle }: Ellipse,
  profile: (distance: number) => number,
): void {
  const { width, height, samples } = scene;
  const [cos, sin] = [Math.cos(angle) / (radius * aspect), Math.sin(angle) / (radius * aspect)];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const [dx, dy] = [x - cx, y - cy];
      const along = dx * cos + dy * sin;
      const across = aspect * (dy * cos - dx * sin);
      const light = profile(Math.sqrt(along * along + across * across));
      if (light < 1e-6) continue;
      for (let c = 0; c < 3; c++) samples[i + c] += light * colour[c];
    }
  }
}

/** Fills a rectangle, cut at the borders, with light that changes evenly from its top to its bottom. */
export function fillRectangle(
  scene: LinearPicture,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  upper: Rgb,
  lower: Rgb = upper,
): void {
  const right = Math.min(left + width, scene.width);
  for (let y = Math.max(top, 0); y < Math.min(top + height, scene.height); y++) {
    const down = (y - top) / height;
    for (let x = Math.max(left, 0); x < right; x++) {
      const at = (y * scene.width + x) * 3;
      for (let c = 0; c < 3; c++) scene.samples[at + c] = upper[c] + down * (lower[c] - upper[c]);
    }
  }
}

/** Blurs by 1 2 1 along rows and columns, as a lens and demosaicing do; borders repeat. */
export function soften(scene: LinearPicture): void {
  const { width, height, samples } = scene;
  const along = (count: number, lines: number, step: number, lineStep: number) => {
    for (let line = 0; line < lines; line++) {
      for (let c = 0; c < 3; c++) {
        const first = line * lineStep + c;
        let before = samples[first];
        for (let k = 0, at = first; k < count; k++, at += step) {
          const here = samples[at];
          const after = k + 1 < count ? samples[at + step] : here;
          samples[at] = (before + 2 * here + after) / 4;
          before = here;
        }
      }
    }
  };
  along(width, height, 3, width * 3);
  along(height, width, width * 3, 3);
}

/** Light of a colour by hue (0 to 1, red at 0), saturation (0 to 1) and the amount of its brightest channel. */
export function lightOfHue(hue: number, saturation: number, amount: number): Rgb {
  const channel = (shift: number) => {
    const t = Math.abs(((((hue + shift) % 1) + 1) % 1) * 6 - 3) - 1;
    return amount * (1 - saturation + saturation * Math.min(Math.max(t, 0), 1));
  };
  return [channel(0), channel(-1 / 3), channel(1 / 3)];
}
