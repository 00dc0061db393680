import { heldSamples } from "../image/integers.ts";
import { colourChannels, type Picture, type Plane } from "../image/picture.ts";
import type { TileSink, TileSource } from "./run-tiles.ts";

/** For every column and row of a network's input, the column and row of the source it is read from. */
export interface Placement {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

/** Pixel for pixel. */
function inPlace(width: number, height: number): Placement {
  return {
    columns: Int32Array.from({ length: width }, (_, x) => x),
    rows: Int32Array.from({ length: height }, (_, y) => y),
  };
}

/** Maps samples to the range that a network was trained on: (sample - least) / range. */
export interface Stretch {
  readonly least: number;
  readonly range: number;
}

/** A picture as a network's input of 3 channels: grey fills all three, alpha is left out. */
export function pictureSource(
  picture: Picture,
  { least, range }: Stretch = { least: 0, range: 1 },
  { columns, rows }: Placement = inPlace(picture.width, picture.height),
): TileSource {
  const { width, channels } = picture;
  const { values: samples, step: sampleStep } = heldSamples(picture);
  const step = colourChannels(picture) === 1 ? 0 : 1;
  const scale = 1 / range;
  return {
    channels: 3,
    fill(region, values) {
      const area = region.width * region.height;
      let i = 0;
      for (let y = region.top; y < region.top + region.height; y++) {
        const row = rows[y] * width;
        for (let x = region.left; x < region.left + region.width; x++, i++) {
          const sample = (row + columns[x]) * channels;
          values[i] = (samples[sample] * sampleStep - least) * scale;
          values[area + i] = (samples[sample + step] * sampleStep - least) * scale;
          values[2 * area + i] = (samples[sample + 2 * step] * sampleStep - least) * scale;
        }
      }
    },
  };
}

/** Planes of one size as the channels of an input, pixel for pixel. */
export function planesSource(planes: readonly Plane[]): TileSource {
  return {
    channels: planes.length,
    fill({ left, top, width, height }, values) {
      let i = 0;
      for (const plane of planes) {
        for (let y = top; y < top + height; y++, i += width) {
          const from = y * plane.width + left;
          values.set(plane.values.subarray(from, from + width), i);
        }
      }
    },
  };
}

/** Planes of one size, sampled by a placement, as the channels of an input. */
export function placedPlanesSource(planes: readonly Plane[], { columns, rows }: Placement): TileSource {
  return {
    channels: planes.length,
    fill(region, values) {
      let i = 0;
      for (const { width, values: plane } of planes) {
        for (let y = region.top; y < region.top + region.height; y++) {
          const row = rows[y] * width;
          for (let x = region.left; x < region.left + region.width; x++) values[i++] = plane[row + columns[x]];
        }
      }
    },
  };
}

/** Writes each channel of an output into a plane of its own, all of one size. */
export function planesSink(planes: readonly Plane[]): TileSink {
  return {
    channels: planes.length,
    take({ fed, kept }, values) {
      for (const [channel, { width, values: plane }] of planes.entries()) {
        for (let y = kept.top; y < kept.top + kept.height; y++) {
          const from = (channel * fed.height + y - fed.top) * fed.width + kept.left - fed.left;
          plane.set(values.subarray(from, from + kept.width), y * width + kept.left);
        }
      }
    },
  };
}

/** Writes an output of 3 channels into a picture's colours, clipped to 0..1; into a grey picture their mean. */
export function pictureSink(picture: Picture): TileSink {
  const { width, channels, samples } = picture;
  const isGrey = colourChannels(picture) === 1;
  return {
    channels: 3,
    take({ fed, kept }, values) {
      const area = fed.width * fed.height;
      for (let y = kept.top; y < kept.top + kept.height; y++) {
        let i = (y - fed.top) * fed.width + kept.left - fed.left;
        let sample = (y * width + kept.left) * channels;
        for (let x = 0; x < kept.width; x++, i++, sample += channels) {
          if (isGrey) samples[sample] = clip((values[i] + values[area + i] + values[2 * area + i]) / 3);
          else {
            samples[sample] = clip(values[i]);
            samples[sample + 1] = clip(values[area + i]);
            samples[sample + 2] = clip(values[2 * area + i]);
          }
        }
      }
    },
  };
}

function clip(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
