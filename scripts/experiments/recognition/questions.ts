import type { Picture } from "@kindling/core";
import { distance } from "fastest-levenshtein";
import type { ImageClassifier } from "./image-classifier.ts";
import type { LineReader } from "./line-reader.ts";
import { harmonicMean, matchBoxes } from "./match-boxes.ts";
import type { TextDetector } from "./text-detector.ts";
import { cutBox, type TextScene } from "./text-scene.ts";

/** What a model is asked about pictures of the same things: in percent, how right it is. */
export type Question = (pictures: readonly Picture[]) => Promise<number>;

/** Characters read right, in percent of all but spaces: one less the edit distance of each line, which is at most its length. */
export function askText(reader: LineReader, { lines }: TextScene): Question {
  return async (pictures) => {
    let [wrong, all] = [0, 0];
    for (const picture of pictures) {
      for (const { text, strip } of lines) {
        const [read, known] = [await reader.read(cutBox(picture, strip)), text].map((line) => line.replaceAll(" ", ""));
        wrong += Math.min(distance(read!, known!), known!.length);
        all += known!.length;
      }
    }
    return 100 * (1 - wrong / all);
  };
}

/** The F1 score of the lines that are found, in percent: the harmonic mean of precision and recall. */
export function askLines(detector: TextDetector, { lines }: TextScene): Question {
  const known = lines.map(({ ink }) => ink);
  return async (pictures) => {
    const counts = [];
    for (const picture of pictures) counts.push(matchBoxes(await detector.find(picture), known));
    return 100 * harmonicMean(counts);
  };
}

/** The share of pictures that show what the good ones do, in percent: the first class is the same. */
export async function askClasses(classifier: ImageClassifier, good: readonly Picture[]): Promise<Question> {
  const known: number[] = [];
  for (const picture of good) known.push(await classifier.classify(picture));
  return async (pictures) => {
    let same = 0;
    for (const [i, picture] of pictures.entries()) same += Number((await classifier.classify(picture)) === known[i]);
    return (100 * same) / pictures.length;
  };
}
