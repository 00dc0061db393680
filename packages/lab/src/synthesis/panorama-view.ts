import { createPicture, type Random } from "@kindling/core";
import { drawEvenly } from "./draw-from-range.ts";
import type { LinearPicture } from "./scene-of-photo.ts";

/** A direction to look from the centre of a panorama, angles in radians. */
export interface View {
  /** Turn to the right, from the panorama's middle. */
  readonly yaw: number;
  /** Turn upwards. */
  readonly pitch: number;
  /** Turn about the axis of view, clockwise. */
  readonly roll: number;
  /** Angle between the left and the right border of the picture, below pi. */
  readonly fieldOfView: number;
}

/** Draws a view as people hold cameras: anywhere around, up to 25 degrees up or down, 75 to 110 degrees wide. */
export function drawView(random: Random): View {
  const radians = (from: number, to: number) => (drawEvenly([from, to], random) * Math.PI) / 180;
  return { yaw: radians(-180, 180), pitch: radians(-25, 25), roll: radians(-4, 4), fieldOfView: radians(75, 110) };
}

/**
 * Renders what a camera without distortion sees of an equirectangular panorama (gnomonic projection), interpolating linearly.
 *
 * @param panorama of the whole sphere, its middle ahead, its top straight up.
 * @returns a picture of linear light of the given size.
 */
export function renderView(panorama: LinearPicture, view: View, width: number, height: number): LinearPicture {
  const picture = createPicture(width, height, 3);
  const focal = width / (2 * Math.tan(view.fieldOfView / 2));
  const [sinYaw, cosYaw] = [Math.sin(view.yaw), Math.cos(view.yaw)];
  const [sinPitch, cosPitch] = [Math.sin(view.pitch), Math.cos(view.pitch)];
  const [sinRoll, cosRoll] = [Math.sin(view.roll), Math.cos(view.roll)];
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const [px, py] = [x + 0.5 - width / 2, height / 2 - y - 0.5];
      // Right, up and ahead of the camera, then of the panorama.
      const right = px * cosRoll + py * sinRoll;
      const tilted = py * cosRoll - px * sinRoll;
      const up = tilted * cosPitch + focal * sinPitch;
      const ahead = focal * cosPitch - tilted * sinPitch;
      const longitude = Math.atan2(right * cosYaw + ahead * sinYaw, ahead * cosYaw - right * sinYaw);
      const latitude = Math.atan2(up, Math.hypot(right, ahead));
      sampleSphere(panorama, 0.5 + longitude / (2 * Math.PI), 0.5 - latitude / Math.PI, picture.samples, to);
    }
  }
  return picture;
}

/** Interpolates a place of a panorama, 0 to 1 in both directions; left and right border meet. */
function sampleSphere({ width, height, samples }: LinearPicture, u: number, v: number, into: Float32Array, at: number) {
  const [x, y] = [u * width - 0.5, Math.min(Math.max(v * height - 0.5, 0), height - 1)];
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [toRight, toDown] = [x - left, y - top];
  const [x0, x1] = [(left + width) % width, (left + 1 + width) % width];
  const [row0, row1] = [top * width, Math.min(top + 1, height - 1) * width];
  for (let c = 0; c < 3; c++) {
    const above = samples[(row0 + x0) * 3 + c] * (1 - toRight) + samples[(row0 + x1) * 3 + c] * toRight;
    const below = samples[(row1 + x0) * 3 + c] * (1 - toRight) + samples[(row1 + x1) * 3 + c] * toRight;
    into[at + c] = above + toDown * (below - above);
  }
}
