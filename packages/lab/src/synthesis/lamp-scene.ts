import { createRandom, decodeSrgb, type Random } from "@kindling/core";
import type { Rgb } from "./colour-matrix.ts";
import { drawByWeight } from "./draw-by-weight.ts";
import { drawEvenly, drawLogarithmically, drawWhole, type Range } from "./draw-from-range.ts";
import { drawLampColour, drawLamps } from "./draw-lamps.ts";
import { type DrawnPair, drawnSize } from "./drawn-pair.ts";
import { addLight, blackScene, fillRectangle, lightOfHue, soften } from "./light-canvas.ts";
import { recordAsItIs } from "./record-as-it-is.ts";
import type { LinearPicture } from "./scene-of-photo.ts";

const { width, height } = drawnSize;

/** Draws light into a black scene. */
type DrawScene = (scene: LinearPicture, random: Random) => void;

const scenes: readonly (readonly [weight: number, value: readonly [name: string, draw: DrawScene]])[] = [
  [36, ["lamps", drawLamps]],
  [14, ["stars", drawStars]],
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
 * @returns a pair of 640 x 400 pixels: `normal` the scene, `low` its noisy record at the same exposure, a shot of kind `unchanged`.
 * @example
 * // runs
 * const { low, normal, shot } = drawLampScene(1, "lamp-scenes/1");
 */
export function drawLampScene(seed: number, name: string): DrawnPair {
  const random = createRandom(seed, `lamp scene of ${name}`);
  const [kind, draw] = drawByWeight(scenes, random);
  const scene = blackScene(width, height);
  if (random() < 0.5) {
    const ground = levelLight(drawEvenly([0, 6], random), random() < 0.5 ? 0 : 0.4, random);
    fillRectangle(scene, { left: 0, top: 0, width, height }, ground);
  }
  draw(scene, random);
  if (random() < 0.6) soften(scene);
  const noise: Range = random() < 0.25 ? [0, 0] : [1e-4, 1e-3];
  const jpegQuality: Range = random() < 0.2 ? [0, 0] : [75, 98];
  return { scene: kind, ...recordAsItIs(scene, { noise, jpegQuality }, seed, name) };
}

/** Points of one or two pixels, mostly faint, with a band of more of them at times, before a sky with a glow at its foot. */
function drawStars(scene: LinearPicture, random: Random): void {
  if (random() < 0.7) {
    const [hue, saturation] = [
      random() < 0.7 ? drawEvenly([0.55, 0.68], random) : 0.08,
      drawEvenly([0.1, 0.7], random),
    ];
    const [zenith, horizon] = [drawEvenly([0, 14], random), drawEvenly([2, 40], random)];
    const sky = (level: number) => lightOfHue(hue, saturation, decodeSrgb(level / 255));
    fillRectangle(scene, { left: 0, top: 0, width, height }, sky(zenith), sky(horizon));
  }
  const count = Math.round(drawLogarithmically([30, 2500], random));
  const isBand = random() < 0.4;
  const [tilt, middle] = [drawEvenly([-0.5, 0.5], random), drawEvenly([0.3, 0.7], random) * height];
  for (let k = 0; k < count; k++) {
    const x = drawWhole([0, width - 2], random);
    const scatter = (random() + random() + random() - 1.5) * height * 0.5;
    const y =
      isBand && random() < 0.6
        ? Math.round(middle + tilt * (x - width / 2) + scatter)
        : drawWhole([0, height - 2], random);
    const colour = lightOfHue(
      random() < 0.6 ? 0.6 : 0.08,
      drawEvenly([0, 0.4], random),
      drawLogarithmically([0.004, 1], random),
    );
    const side = random() < 0.2 ? 2 : 1;
    fillRectangle(scene, { left: x, top: y, width: side, height: side }, colour);
  }
}

/** The windows of one house, some of them lit, some behind curtains. */
function drawFacade(scene: LinearPicture, random: Random): void {
  const wall = levelLight(drawEvenly([0, 10], random), 0.3, random);
  fillRectangle(scene, { left: 0, top: 0, width, height }, wall);
  const [columns, rows] = [drawWhole([1, 14], random), drawWhole([1, 9], random)];
  const [pitchX, pitchY] = [width / columns, height / rows];
  const [shareX, shareY, lit] = [
    drawEvenly([0.25, 0.75], random),
    drawEvenly([0.3, 0.8], random),
    drawEvenly([0.1, 0.9], random),
  ];
  const common = drawLampColour(random);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (random() > lit) continue;
      const colour = random() < 0.6 ? common : drawLampColour(random);
      const amount = drawLogarithmically([0.02, 1.5], random);
      const of = (part: number): Rgb => [colour[0] * part, colour[1] * part, colour[2] * part];
      const place = {
        left: Math.round((column + (1 - shareX) / 2) * pitchX),
        top: Math.round((row + (1 - shareY) / 2) * pitchY),
        width: Math.max(Math.round(pitchX * shareX), 1),
        height: Math.max(Math.round(pitchY * shareY), 1),
      };
      fillRectangle(scene, place, of(amount), of(amount * drawEvenly([0.3, 1], random)));
      if (random() < 0.5) fillRectangle(scene, { ...place, left: place.left + (place.width >> 1), width: 2 }, wall);
    }
  }
}

/** Towers with lit windows before a night sky, a row behind another, and some lamps at their feet. */
function drawSkyline(scene: LinearPicture, random: Random): void {
  const sky = levelLight(drawEvenly([0, 14], random), 0.6, random);
  const horizon = levelLight(drawEvenly([0, 40], random), 0.6, random);
  const ground = Math.round(height * drawEvenly([0.6, 0.98], random));
  fillRectangle(scene, { left: 0, top: 0, width, height: ground }, sky, horizon);
  fillRectangle(
    scene,
    { left: 0, top: ground, width, height: height - ground },
    levelLight(drawEvenly([0, 8], random), 0.5, random),
  );
  const towers = drawWhole([4, 30], random);
  const lit = drawEvenly([0.05, 0.6], random);
  for (let k = 0; k < towers; k++) {
    const towerWidth = drawWhole([14, 110], random);
    const tall = Math.round(ground * drawLogarithmically([0.15, 0.9], random));
    const tower = { left: drawWhole([-30, width], random), top: ground - tall, width: towerWidth, height: tall };
    fillRectangle(scene, tower, levelLight(drawEvenly([0, 9], random), 0.4, random));
    const [pitch, side] = [drawWhole([4, 12], random), drawWhole([1, 5], random)];
    const amount = drawLogarithmically([0.03, 1], random);
    const common = drawLampColour(random);
    for (let y = tower.top + 3; y + side < ground; y += pitch) {
      for (let x = tower.left + 3; x + side < tower.left + towerWidth; x += pitch) {
        if (random() > lit) continue;
        const brightness = amount * drawLogarithmically([0.3, 2], random);
        const colour: Rgb = [common[0] * brightness, common[1] * brightness, common[2] * brightness];
        fillRectangle(
          scene,
          { left: x, top: y, width: Math.min(side, pitch - 1), height: Math.min(side, pitch - 1) },
          colour,
        );
      }
    }
  }
  for (let k = drawWhole([0, 12], random); k > 0; k--) {
    const place = {
      x: drawEvenly([0, width], random),
      y: ground - drawEvenly([0, 12], random),
      radius: drawLogarithmically([1, 5], random),
      aspect: 1,
      angle: 0,
    };
    const amount = drawLogarithmically([0.3, 3], random);
    addLight(scene, drawLampColour(random), place, (d) => amount * (Math.exp(-(d ** 4)) + 0.01 / (1 + d * d)));
  }
}

/** Soft beams of saturated light from above, and dark heads before them. */
function drawStage(scene: LinearPicture, random: Random): void {
  for (let k = drawWhole([1, 5], random); k > 0; k--) {
    const colour = lightOfHue(
      drawByWeight(
        [
          [3, 0],
          [3, 0.65],
          [1, 0.83],
          [1, random()],
        ],
        random,
      ),
      drawEvenly([0.8, 1], random),
      1,
    );
    const amount = drawLogarithmically([0.02, 0.7], random);
    const place = {
      x: drawEvenly([0, width], random),
      y: drawEvenly([-0.1, 0.9], random) * height,
      radius: drawEvenly([40, 260], random),
      aspect: drawEvenly([1, 3], random),
      angle: drawEvenly([0, Math.PI], random),
    };
    addLight(scene, colour, place, (distance) => amount * Math.exp(-distance * distance));
  }
  for (let k = drawWhole([0, 14], random); k > 0; k--) {
    const [x, size, dark] = [
      drawEvenly([0, width], random),
      drawEvenly([12, 45], random),
      drawEvenly([0.005, 0.15], random),
    ];
    shadeEllipse(scene, x, height - drawEvenly([0, 60], random), size, dark);
  }
}

/** A faint blue gradient over dark hills, with the moon at times. */
function drawMoonlight(scene: LinearPicture, random: Random): void {
  const sky = (level: number) =>
    lightOfHue(drawEvenly([0.55, 0.68], random), drawEvenly([0.1, 0.7], random), decodeSrgb(level / 255));
  fillRectangle(
    scene,
    { left: 0, top: 0, width, height },
    sky(drawEvenly([1, 22], random)),
    sky(drawEvenly([3, 38], random)),
  );
  if (random() < 0.5) {
    const place = {
      x: drawEvenly([0, width], random),
      y: drawEvenly([0, height / 2], random),
      radius: drawEvenly([4, 22], random),
      aspect: 1,
      angle: 0,
    };
    const [amount, halo] = [drawEvenly([0.3, 1.5], random), drawLogarithmically([1e-3, 0.02], random)];
    addLight(scene, [1, 0.97, 0.88], place, (d) => amount / (1 + Math.exp(20 * (d - 1))) + halo / (1 + (d / 2) ** 2));
  }
  const [base, swing, dark] = [
    drawEvenly([0.5, 0.9], random) * height,
    drawEvenly([5, 60], random),
    levelLight(drawEvenly([0, 4], random), 0.3, random),
  ];
  const [slow, fast, phase] = [drawEvenly([60, 200], random), drawEvenly([10, 40], random), drawEvenly([0, 6], random)];
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

/** Light that sRGB encodes at a level of 255 in its brightest channel, of a random hue. */
function levelLight(level: number, saturation: number, random: Random): Rgb {
  return lightOfHue(random(), random() * saturation, decodeSrgb(level / 255));
}
