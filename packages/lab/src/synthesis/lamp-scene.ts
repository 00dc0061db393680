import { createRandom, decodeSrgb, type Random } from "@kindling/core";
import type { Rgb } from "./camera-settings.ts";
import { byWeight, evenly, logEvenly, wholeEvenly } from "./draw.ts";
import { type DrawnPair, drawnSize } from "./drawn-pair.ts";
import { addFileNoise, drawFileNoise } from "./file-noise.ts";
import { addLight, blackScene, encodeScene, fillRectangle, lightOfHue, soften } from "./light-canvas.ts";
import type { LinearPicture } from "./scene-of-photo.ts";

const { width, height } = drawnSize;

/** Draws light into a black scene. */
type DrawScene = (scene: LinearPicture, random: Random) => void;

const scenes: readonly (readonly [weight: number, value: readonly [name: string, draw: DrawScene]])[] = [
  [40, ["lamps", drawLamps]],
  [10, ["stars", drawStars]],
  [14, ["windows", drawFacade]],
  [16, ["skyline", drawSkyline]],
  [12, ["stage", drawStage]],
  [8, ["moonlight", drawMoonlight]],
];

/**
 * Draws lights in the dark that are right as they are: lamps with glow, stars, windows of a house, a skyline, a stage in
 * coloured light, moonlight. A network learns from these that what is dark may stay dark, and that lamps keep their colour.
 *
 * @param seed a whole number.
 * @param name of the scene: the same seed and name always give the same pair.
 * @returns a pair of 640 x 400 pixels: `normal` the scene, `low` its noisy record at the same exposure.
 * @example
 * // runs
 * const { low, normal, jpegQuality } = drawLampScene(1, "lamp-scenes/1");
 */
export function drawLampScene(seed: number, name: string): DrawnPair {
  const random = createRandom(seed, `lamp scene of ${name}`);
  const [kind, draw] = byWeight(random, scenes);
  const scene = blackScene(width, height);
  if (random() < 0.5) {
    const ground = levelLight(evenly(random, 0, 6), random() < 0.5 ? 0 : 0.4, random);
    fillRectangle(scene, { left: 0, top: 0, width, height }, ground);
  }
  draw(scene, random);
  if (random() < 0.6) soften(scene);
  const normal = encodeScene(scene);
  const low = random() < 0.25 ? normal : addFileNoise(normal, drawFileNoise(random, 0.3, 6), random);
  return { scene: kind, low, normal, jpegQuality: random() < 0.2 ? 0 : wholeEvenly(random, 75, 98) };
}

/** One to thirty lamps, round or long: a core, a glow about it, and a faint halo that falls with the square of distance. */
function drawLamps(scene: LinearPicture, random: Random): void {
  const count = Math.round(logEvenly(random, 1, 30));
  const largest = logEvenly(random, 6, 70) / Math.sqrt(count) + 2;
  const common = drawLampColour(random);
  for (let k = 0; k < count; k++) {
    const colour = random() < 0.4 ? common : drawLampColour(random);
    const core = logEvenly(random, 0.15, 6);
    const edge = evenly(random, 4, 30);
    const [glow, glowSize] = [core * logEvenly(random, 0.003, 0.2), evenly(random, 1.5, 5)];
    const [halo, haloSize] = [core * logEvenly(random, 1e-4, 0.01), evenly(random, 1, 3)];
    const place = {
      x: evenly(random, 0, width),
      y: evenly(random, 0, height),
      radius: logEvenly(random, 1.2, largest),
      aspect: random() < 0.65 ? 1 : logEvenly(random, 1, 8),
      angle: random() < 0.5 ? 0 : evenly(random, 0, Math.PI),
    };
    addLight(scene, colour, place, (distance) => {
      const inside = distance > 3 ? 0 : core / (1 + Math.exp(edge * (distance - 1)));
      return inside + glow * Math.exp(-((distance / glowSize) ** 2)) + halo / (1 + (distance / haloSize) ** 2);
    });
  }
}

/** Points of one or two pixels, mostly faint, with a band of more of them at times. */
function drawStars(scene: LinearPicture, random: Random): void {
  const count = Math.round(logEvenly(random, 30, 2500));
  const isBand = random() < 0.4;
  const [tilt, middle] = [evenly(random, -0.5, 0.5), evenly(random, 0.3, 0.7) * height];
  for (let k = 0; k < count; k++) {
    const x = wholeEvenly(random, 0, width - 2);
    const scatter = (random() + random() + random() - 1.5) * height * 0.5;
    const y =
      isBand && random() < 0.6
        ? Math.round(middle + tilt * (x - width / 2) + scatter)
        : wholeEvenly(random, 0, height - 2);
    const colour = lightOfHue(random() < 0.6 ? 0.6 : 0.08, evenly(random, 0, 0.4), logEvenly(random, 0.004, 1));
    const side = random() < 0.2 ? 2 : 1;
    fillRectangle(scene, { left: x, top: y, width: side, height: side }, colour);
  }
}

/** The windows of one house, some of them lit, some behind curtains. */
function drawFacade(scene: LinearPicture, random: Random): void {
  const wall = levelLight(evenly(random, 0, 10), 0.3, random);
  fillRectangle(scene, { left: 0, top: 0, width, height }, wall);
  const [columns, rows] = [wholeEvenly(random, 1, 14), wholeEvenly(random, 1, 9)];
  const [pitchX, pitchY] = [width / columns, height / rows];
  const [shareX, shareY, lit] = [evenly(random, 0.25, 0.75), evenly(random, 0.3, 0.8), evenly(random, 0.1, 0.9)];
  const common = drawLampColour(random);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (random() > lit) continue;
      const colour = random() < 0.6 ? common : drawLampColour(random);
      const amount = logEvenly(random, 0.02, 1.5);
      const of = (part: number): Rgb => [colour[0] * part, colour[1] * part, colour[2] * part];
      const place = {
        left: Math.round((column + (1 - shareX) / 2) * pitchX),
        top: Math.round((row + (1 - shareY) / 2) * pitchY),
        width: Math.max(Math.round(pitchX * shareX), 1),
        height: Math.max(Math.round(pitchY * shareY), 1),
      };
      fillRectangle(scene, place, of(amount), of(amount * evenly(random, 0.3, 1)));
      if (random() < 0.5) fillRectangle(scene, { ...place, left: place.left + (place.width >> 1), width: 2 }, wall);
    }
  }
}

/** Towers with lit windows before a night sky, a row behind another, and some lamps at their feet. */
function drawSkyline(scene: LinearPicture, random: Random): void {
  const sky = levelLight(evenly(random, 0, 14), 0.6, random);
  const horizon = levelLight(evenly(random, 0, 40), 0.6, random);
  const ground = Math.round(height * evenly(random, 0.6, 0.98));
  fillRectangle(scene, { left: 0, top: 0, width, height: ground }, sky, horizon);
  fillRectangle(
    scene,
    { left: 0, top: ground, width, height: height - ground },
    levelLight(evenly(random, 0, 8), 0.5, random),
  );
  const towers = wholeEvenly(random, 4, 30);
  const lit = evenly(random, 0.05, 0.6);
  for (let k = 0; k < towers; k++) {
    const towerWidth = wholeEvenly(random, 14, 110);
    const tall = Math.round(ground * logEvenly(random, 0.15, 0.9));
    const tower = { left: wholeEvenly(random, -30, width), top: ground - tall, width: towerWidth, height: tall };
    fillRectangle(scene, tower, levelLight(evenly(random, 0, 9), 0.4, random));
    const [pitch, side] = [wholeEvenly(random, 4, 12), wholeEvenly(random, 1, 5)];
    const amount = logEvenly(random, 0.03, 1);
    const common = drawLampColour(random);
    for (let y = tower.top + 3; y + side < ground; y += pitch) {
      for (let x = tower.left + 3; x + side < tower.left + towerWidth; x += pitch) {
        if (random() > lit) continue;
        const brightness = amount * logEvenly(random, 0.3, 2);
        const colour: Rgb = [common[0] * brightness, common[1] * brightness, common[2] * brightness];
        fillRectangle(
          scene,
          { left: x, top: y, width: Math.min(side, pitch - 1), height: Math.min(side, pitch - 1) },
          colour,
        );
      }
    }
  }
  for (let k = wholeEvenly(random, 0, 12); k > 0; k--) {
    const place = {
      x: evenly(random, 0, width),
      y: ground - evenly(random, 0, 12),
      radius: logEvenly(random, 1, 5),
      aspect: 1,
      angle: 0,
    };
    const amount = logEvenly(random, 0.3, 3);
    addLight(scene, drawLampColour(random), place, (d) => amount * (Math.exp(-(d ** 4)) + 0.01 / (1 + d * d)));
  }
}

/** Soft beams of saturated light from above, and dark heads before them. */
function drawStage(scene: LinearPicture, random: Random): void {
  for (let k = wholeEvenly(random, 1, 5); k > 0; k--) {
    const colour = lightOfHue(
      byWeight(random, [
        [3, 0],
        [3, 0.65],
        [1, 0.83],
        [1, random()],
      ]),
      evenly(random, 0.8, 1),
      1,
    );
    const amount = logEvenly(random, 0.02, 0.7);
    const place = {
      x: evenly(random, 0, width),
      y: evenly(random, -0.1, 0.9) * height,
      radius: evenly(random, 40, 260),
      aspect: evenly(random, 1, 3),
      angle: evenly(random, 0, Math.PI),
    };
    addLight(scene, colour, place, (distance) => amount * Math.exp(-distance * distance));
  }
  for (let k = wholeEvenly(random, 0, 14); k > 0; k--) {
    const [x, size, dark] = [evenly(random, 0, width), evenly(random, 12, 45), evenly(random, 0.005, 0.15)];
    shadeEllipse(scene, x, height - evenly(random, 0, 60), size, dark);
  }
}

/** A faint blue gradient over dark hills, with the moon at times. */
function drawMoonlight(scene: LinearPicture, random: Random): void {
  const sky = (level: number) =>
    lightOfHue(evenly(random, 0.55, 0.68), evenly(random, 0.1, 0.7), decodeSrgb(level / 255));
  fillRectangle(scene, { left: 0, top: 0, width, height }, sky(evenly(random, 1, 22)), sky(evenly(random, 3, 38)));
  if (random() < 0.5) {
    const place = {
      x: evenly(random, 0, width),
      y: evenly(random, 0, height / 2),
      radius: evenly(random, 4, 22),
      aspect: 1,
      angle: 0,
    };
    const [amount, halo] = [evenly(random, 0.3, 1.5), logEvenly(random, 1e-3, 0.02)];
    addLight(scene, [1, 0.97, 0.88], place, (d) => amount / (1 + Math.exp(20 * (d - 1))) + halo / (1 + (d / 2) ** 2));
  }
  const [base, swing, dark] = [
    evenly(random, 0.5, 0.9) * height,
    evenly(random, 5, 60),
    levelLight(evenly(random, 0, 4), 0.3, random),
  ];
  const [slow, fast, phase] = [evenly(random, 60, 200), evenly(random, 10, 40), evenly(random, 0, 6)];
  for (let x = 0; x < width; x++) {
    const top = Math.round(base + swing * Math.sin(x / slow + phase) + 0.15 * swing * Math.sin(x / fast));
    fillRectangle(scene, { left: x, top, width: 1, height: height - top }, dark);
  }
}

/** Leaves only `share` of the light in a circle. */
function shadeEllipse({ samples }: LinearPicture, cx: number, cy: number, radius: number, share: number): void {
  for (let y = Math.max(0, Math.floor(cy - radius)); y < height; y++) {
    for (let x = Math.max(0, Math.floor(cx - radius)); x < Math.min(width, cx + radius); x++) {
      // Below its centre a head becomes shoulders.
      const down = Math.max(y - cy, 0) / 3;
      const up = Math.min(y - cy, 0);
      if ((x - cx) ** 2 + (up + down) ** 2 > radius ** 2) continue;
      for (let c = (y * width + x) * 3, end = c + 3; c < end; c++) samples[c] *= share;
    }
  }
}

/** Warm white, cool white, or any saturated hue. */
function drawLampColour(random: Random): Rgb {
  return byWeight(random, [
    [4, () => lightOfHue(evenly(random, 0.05, 0.13), evenly(random, 0.2, 0.8), 1)],
    [2, () => lightOfHue(evenly(random, 0.5, 0.62), evenly(random, 0, 0.3), 1)],
    [4, () => lightOfHue(random(), evenly(random, 0.7, 1), 1)],
  ])();
}

/** Light that sRGB encodes at a level of 255 in its brightest channel, of a random hue. */
function levelLight(level: number, saturation: number, random: Random): Rgb {
  return lightOfHue(random(), random() * saturation, decodeSrgb(level / 255));
}
