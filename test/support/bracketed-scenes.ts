import { createPicture, createRandom } from "@kindling/core";
import { type AlignedScene, type TrainingImage, trainingImage } from "@kindling/lab/internal";

/** Scenes of noise; each exposure shows the one before it twice as bright. */
export function bracketedScenes(count: number, exposures: number): { scenes: AlignedScene[]; images: TrainingImage[] } {
  const random = createRandom(3, "scenes");
  const images: TrainingImage[] = [];
  const scenes = Array.from({ length: count }, () => {
    const [width, height] = [8 + Math.floor(random() * 9), 8 + Math.floor(random() * 9)];
    const darkest = createPicture(width, height, 3);
    const unit = 2 ** (exposures - 1);
    for (let i = 0; i < darkest.samples.length; i++) {
      darkest.samples[i] = Math.floor((random() * 256) / unit) / 255;
    }
    const numbers = Array.from({ length: exposures }, (_, exposure) => {
      const samples = darkest.samples.map((sample) => sample * 2 ** exposure);
      return images.push(trainingImage({ ...darkest, samples }, 8)) - 1;
    });
    return { width, height, exposures: numbers };
  });
  return { scenes, images };
}
