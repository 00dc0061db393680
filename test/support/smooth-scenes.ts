import { createPicture, createRandom, type ModelTensors } from "@kindling/core";
import type { TrainingRecipe, TrainingStage } from "@kindling/lab";
import {
  type BatchSize,
  drawAligned,
  drawUnpaired,
  emptyBatch,
  fillBatch,
  type TrainingImage,
  trainingImage,
} from "@kindling/lab/internal";

/** Square scenes of a few seeded waves, and the same in the dark: photos 2n and 2n + 1 are dark and bright of scene n. */
function smoothImages(count: number, sidePx: number): TrainingImage[] {
  const random = createRandom(5, "scenes");
  return Array.from({ length: count }).flatMap(() => {
    const bright = createPicture(sidePx, sidePx, 3);
    for (let channel = 0; channel < 3; channel++) {
      const [fx, fy, phase] = [random() * 0.5, random() * 0.5, random() * 6];
      for (let i = 0; i < sidePx * sidePx; i++) {
        bright.samples[3 * i + channel] =
          0.5 + 0.45 * Math.sin(fx * (i % sidePx) + fy * Math.floor(i / sidePx) + phase);
      }
    }
    const dark = { ...bright, samples: bright.samples.map((value) => 0.4 * value ** 1.8) };
    return [trainingImage(dark, 8), trainingImage(bright, 8)];
  });
}

/** A batch of smooth scenes, drawn and filled as the recipe has it, by the feeds of one of its stages. */
export function smoothBatch(recipe: TrainingRecipe, stage: TrainingStage, size: BatchSize): ModelTensors {
  const { batch: batchSize, cropPx } = size;
  const { feeds, stretch, augmentations } = stage;
  const sidePx = cropPx + 4;
  const images = smoothImages(batchSize, sidePx);
  const options = { seed: 1, batchSize, cropPx, augmentations };
  const known = images.map(({ facts }, image) => ({ image, facts }));
  const scenes = Array.from({ length: batchSize }, (_, i) => {
    return { width: sidePx, height: sidePx, exposures: [2 * i, 2 * i + 1] };
  });
  const draws =
    recipe.data === "unpaired"
      ? drawUnpaired(
          known.filter(({ image }) => image % 2 === 0),
          known.filter(({ image }) => image % 2 === 1),
          options,
          0,
        )
      : drawAligned(scenes, options, 0);
  const batch = emptyBatch(feeds, size);
  fillBatch(batch, feeds, draws, (index) => images[index], { cropPx, stretch });
  return batch;
}
