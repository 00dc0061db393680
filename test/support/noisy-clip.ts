import { createPicture, createRandom, type Picture } from "@kindling/core";

/** A scene with edges and texture of its own, at any place of an endless plane; encoded, 0 to 1. */
export type Texture = (x: number, y: number, channel: number) => number;

/** Pixels from one side of an edge to the other, as a lens blurs it. */
const edgePx = 2;

/** Dark rectangles and waves, different for each seed. */
export function textureOf(seed: number): Texture {
  const random = createRandom(seed, "texture");
  const waves = Array.from({ length: 6 }, () => [random() * 0.5, random() * 0.5, random() * 6.28] as const);
  const side = 11 + Math.floor(random() * 9);
  return (x, y, channel) => {
    const tile = (column: number, row: number) => ((((column * 7 + row * 13 + seed) % 5) + 5) % 5) * 0.05;
    const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
    const [right, down] = [x - column * side, y - row * side].map((px) => Math.min(px / edgePx, 1));
    const across = (at: number) => tile(column - 1, at) + right * (tile(column, at) - tile(column - 1, at));
    let value = 0.08 + across(row - 1) + down * (across(row) - across(row - 1));
    for (const [fx, fy, phase] of waves) value += 0.008 * Math.sin(fx * x + fy * y + phase + channel);
    return value * (1 + 0.1 * channel);
  };
}

/** Draws a scene. */
export function drawTexture(
  texture: Texture,
  width: number,
  height: number,
  place: (x: number, y: number) => readonly [number, number] = (x, y) => [x, y],
): Picture {
  const picture = createPicture(width, height, 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++, i++) {
        const [atX, atY] = place(x, y);
        picture.samples[i] = Math.min(Math.max(texture(atX, atY, c), 0), 1);
      }
    }
  }
  return picture;
}

/** The same picture with noise of a standard deviation, nearly Gaussian. */
export function withNoise(picture: Picture, deviation: number, seed: number): Picture {
  const random = createRandom(seed, "noise");
  const samples = picture.samples.map((sample) => {
    const noise = random() + random() + random() + random() - 2;
    return Math.min(Math.max(sample + noise * Math.sqrt(3) * deviation, 0), 1);
  });
  return { ...picture, samples };
}

/** A picture with a bright square at a place, 24 pixels a side. */
export function withSquare(picture: Picture, left: number, top: number): Picture {
  const samples = picture.samples.slice();
  for (let y = top; y < top + 24; y++) {
    for (let x = left; x < left + 24; x++) {
      if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
      samples.fill(0.55 + 0.1 * ((x + y) % 2), (y * picture.width + x) * 3, (y * picture.width + x) * 3 + 3);
    }
  }
  return { ...picture, samples };
}
