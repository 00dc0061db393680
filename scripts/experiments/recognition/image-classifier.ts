import type { Picture } from "@kindling/core";
import { openSession } from "@kindling/node";
import { tensorOfPicture } from "@kindling/node/internal";
import { imageNet, normalise, resize } from "./picture-input.ts";
import { cutBox } from "./text-scene.ts";

/** Side of the square that most classifiers take, where the file leaves it open. */
const usualSidePx = 224;

/** Says what a photo shows. */
export interface ImageClassifier {
  /** The class with the highest score. */
  classify(picture: Picture): Promise<number>;
  dispose(): Promise<void>;
}

/**
 * Opens a classifier of images as ImageNet's are: it takes RGB, normalised by the set's means and deviations, as
 * [1, 3, height, width], and gives the score of every class, [1, classes]. A photo is cut to a centred square and resized.
 *
 * @param model path of its ONNX file.
 * @param shape of its input as the file has it; sides that are no numbers are free.
 */
export async function openImageClassifier(
  model: string,
  [, , height, width]: readonly (number | string | undefined)[],
): Promise<ImageClassifier> {
  const session = await openSession(model, { device: "cpu", threads: 1 });
  const [input] = session.inputNames;
  const [rows, columns] = [height, width].map((side) => (typeof side === "number" ? side : usualSidePx));
  return {
    async classify(picture) {
      const image = resize(tensorOfPicture(squareOf(picture)), columns!, rows!);
      const [scores] = Object.values(await session.run({ [input!]: normalise(image, imageNet) }));
      return scores!.values.reduce((best, score, i, all) => (score > all[best]! ? i : best), 0);
    },
    dispose: () => session.dispose(),
  };
}

/** The greatest square in the middle of a picture. */
function squareOf(picture: Picture): Picture {
  const side = Math.min(picture.width, picture.height);
  const [x, y] = [(picture.width - side) >> 1, (picture.height - side) >> 1];
  return cutBox(picture, { x, y, width: side, height: side });
}
