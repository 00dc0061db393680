import type { Random } from "@kindling/core";
import type { Rgb } from "./colour-matrix.ts";
import { drawByWeight } from "./draw-by-weight.ts";
import { drawEvenly, drawLogarithmically } from "./draw-from-range.ts";
import { addLight, lightOfHue } from "./light-canvas.ts";
import type { LinearPicture } from "./scene-of-photo.ts";

/** Adds one to thirty lamps, round or long: a core, a glow about it, and a faint halo that falls with the square of distance. */
export function drawLamps(scene: LinearPicture, random: Random): void {
  const { width, height } = scene;
  const count = Math.round(drawLogarithmically([1, 30], random));
  const largest = drawLogarithmically([6, 70], random) / Math.sqrt(count) + 2;
  const common = drawLampColour(random);
  for (let k = 0; k < count; k++) {
    const colour = random() < 0.4 ? common : drawLampColour(random);
    const core = drawLogarithmically([0.15, 6], random);
    const edge = drawEvenly([4, 30], random);
    const [glow, glowSize] = [core * drawLogarithmically([0.003, 0.2], random), drawEvenly([1.5, 5], random)];
    const [halo, haloSize] = [core * drawLogarithmically([1e-4, 0.01], random), drawEvenly([1, 3], random)];
    const place = {
      x: drawEvenly([0, width], random),
      y: drawEvenly([0, height], random),
      radius: drawLogarithmically([1.2, largest], random),
      aspect: random() < 0.65 ? 1 : drawLogarithmically([1, 8], random),
      angle: random() < 0.5 ? 0 : drawEvenly([0, Math.PI], random),
    };
    addLight(scene, colour, place, (distance) => {
      const inside = distance > 3 ? 0 : core / (1 + Math.exp(edge * (distance - 1)));
      return inside + glow * Math.exp(-((distance / glowSize) ** 2)) + halo / (1 + (distance / haloSize) ** 2);
    });
  }
}

/** Draws warm white, cool white, or any saturated hue. */
export function drawLampColour(random: Random): Rgb {
  return drawByWeight(
    [
      [4, () => lightOfHue(drawEvenly([0.05, 0.13], random), drawEvenly([0.2, 0.8], random), 1)],
      [2, () => lightOfHue(drawEvenly([0.5, 0.62], random), drawEvenly([0, 0.3], random), 1)],
      [4, () => lightOfHue(random(), drawEvenly([0.7, 1], random), 1)],
    ],
    random,
  )();
}
