import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPicture, type Picture } from "@kindling/core";
import {
  clip,
  createGraph,
  type Dimension,
  encodeOnnx,
  freeDimension,
  input,
  reduceMean,
  slice,
  type Tensor,
  transpose,
} from "@kindling/nets";
import { expect, test } from "vitest";
import { openImageClassifier } from "../scripts/experiments/recognition/image-classifier.ts";
import { decodeText, openLineReader } from "../scripts/experiments/recognition/line-reader.ts";
import { harmonicMean, matchBoxes } from "../scripts/experiments/recognition/match-boxes.ts";
import { factsOfModel } from "../scripts/experiments/recognition/model-kind.ts";
import { askClasses } from "../scripts/experiments/recognition/questions.ts";
import { openSubjects } from "../scripts/experiments/recognition/subjects.ts";
import { boxesOfMap, openTextDetector } from "../scripts/experiments/recognition/text-detector.ts";
import { scratchFolder } from "./support/run-kindling.ts";

const samples = fileURLToPath(new URL("../examples/photos", import.meta.url));
const photos = { pairs: samples, photos: samples, count: 2 };

type Colour = readonly [number, number, number];
const [red, green, blue]: readonly Colour[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Writes a network without weights. */
function modelFile(shape: readonly Dimension[], build: (image: Tensor) => Tensor): string {
  const image = input("image", shape);
  const file = join(scratchFolder(), "model.onnx");
  writeFileSync(file, encodeOnnx(createGraph("tiny", [image], { result: build(image) }), new Map()));
  return file;
}

/** Its classes are the channels; the brightest wins. */
const classifierFile = () => modelFile([1, 3, 8, 8], (image) => reduceMean(image, [2, 3], false));

/** Its classes are the channels of every column. */
const readerFile = () =>
  modelFile([1, 3, 48, freeDimension("width")], (image) => transpose(reduceMean(image, [2], false), [0, 2, 1]));

/** What is bright in its last channel is text. */
const detectorFile = () =>
  modelFile([1, 3, freeDimension("height"), freeDimension("width")], (image) => clip(slice(image, 1, 2, 3), 0, 1));

/** A picture with a colour at every pixel. */
function drawn(width: number, height: number, colourAt: (x: number, y: number) => Colour): Picture {
  const picture = createPicture(width, height, 3);
  for (let i = 0; i < width * height; i++) {
    picture.samples.set(colourAt(i % width, Math.floor(i / width)), 3 * i);
  }
  return picture;
}

test("text is the best class of every column without gaps and repeats; a letter after a gap counts again", () => {
  const bestOfColumns = [0, 1, 1, 0, 1, 2, 2, 3, 0];
  const classes = 4;
  const values = Float32Array.from({ length: bestOfColumns.length * classes }, (_, i) =>
    i % classes === bestOfColumns[Math.floor(i / classes)] ? 0.9 : 0.1,
  );
  expect(decodeText({ shape: [1, bestOfColumns.length, classes], values }, ["a", "b", " "])).toBe("aab ");
});

test("a line of any height is read at 48 rows, as blue, green and red", async () => {
  const alphabet = join(scratchFolder(), "alphabet.txt");
  writeFileSync(alphabet, "g\nr\n");
  const reader = await openLineReader(readerFile(), alphabet);
  const stripes = [blue!, green!, blue!, green!, red!, blue!];
  expect(await reader.read(drawn(48, 24, (x) => stripes[x >> 3]!))).toBe("ggr");
  await reader.dispose();
});

test("what a detector's map says is text becomes a box with the rim that training took away", async () => {
  const detector = await openTextDetector(detectorFile());
  const sign = drawn(64, 32, (x, y) => (x >= 20 && x < 40 && y >= 10 && y < 14 ? red! : blue!));
  // 20 x 4 pixels, times 1.5, over a perimeter of 48.
  expect(await detector.find(sign)).toEqual([{ x: 17.5, y: 7.5, width: 25, height: 9 }]);
  await detector.dispose();
});

test("areas of a map that are too small or too doubtful are no text; those that touch at a corner are one", () => {
  const [width, height] = [40, 20];
  const values = new Float32Array(width * height);
  const fill = (left: number, top: number, right: number, bottom: number, value: number) => {
    for (let y = top; y < bottom; y++) values.fill(value, y * width + left, y * width + right);
  };
  fill(0, 0, 30, 2, 0.9);
  fill(0, 4, 30, 8, 0.5);
  fill(4, 10, 16, 14, 0.9);
  fill(16, 14, 28, 18, 0.9);
  expect(boxesOfMap({ shape: [1, 1, height, width], values })).toEqual([]);
  fill(4, 10, 28, 18, 0.9);
  const rim = (24 * 8 * 1.5) / 64;
  expect(boxesOfMap({ shape: [1, 1, height, width], values })).toEqual([
    { x: 4 - rim + 0.5, y: 10 - rim, width: 24 + 2 * rim - 0.5, height: 20 - 10 + rim },
  ]);
});

test("a box counts for one line, and only if they share more than half of their area together", () => {
  const line = (x: number, width = 10) => ({ x, y: 0, width, height: 10 });
  // They share 5 of 15 columns, then 7 of 13, then 10 of 20; at last one box lies on two lines.
  expect(matchBoxes([line(5)], [line(0)]).matched).toBe(0);
  expect(matchBoxes([line(3)], [line(0)]).matched).toBe(1);
  expect(matchBoxes([line(0, 20)], [line(0), line(10)]).matched).toBe(0);
  expect(matchBoxes([line(1)], [line(0), line(2)]).matched).toBe(1);
  const counts = [matchBoxes([line(0), line(1)], [line(0)]), matchBoxes([], [line(0), line(20)])];
  // One of two found boxes is right, one of three lines is found.
  expect(harmonicMean(counts)).toBeCloseTo((2 * 0.5 * (1 / 3)) / (0.5 + 1 / 3), 12);
  expect(harmonicMean([])).toBe(0);
});

test("the kind of a model follows from the shape of its output; other shapes are refused with what was expected", () => {
  expect(factsOfModel(readerFile())).toEqual({ kind: "line reader", inputShape: [1, 3, 48, "width"] });
  expect(factsOfModel(detectorFile()).kind).toBe("text detector");
  expect(factsOfModel(classifierFile()).kind).toBe("image classifier");
  expect(() => factsOfModel(modelFile([1, 3, 8, 8], (image) => image))).toThrow(
    /model\.onnx: expected .* of an image classifier as its first output, got \[1, 3, 8, 8\]/,
  );
  expect(() => factsOfModel(modelFile([1, 8, 8, 3], (image) => reduceMean(image, [1, 2], false)))).toThrow(
    /expected one input \[n, 3, height, width\], got image \[1, 8, 8, 3\]/,
  );
});

test("a classifier sees the normalised middle of a photo; the share of photos with the class of the good ones counts", async () => {
  const file = classifierFile();
  const classifier = await openImageClassifier(file, factsOfModel(file).inputShape);
  expect(await classifier.classify(drawn(30, 20, () => red!))).toBe(0);
  expect(await classifier.classify(drawn(30, 10, (x) => (x < 10 || x >= 20 ? red! : blue!)))).toBe(2);
  // Of one grey, the channel with the smallest mean is left the brightest.
  expect(await classifier.classify(drawn(8, 8, () => [0.45, 0.45, 0.45]))).toBe(2);
  const of = (...colours: readonly Colour[]) => colours.map((colour) => drawn(8, 8, () => colour));
  const ask = await askClasses(classifier, of(red!, green!, blue!, blue!));
  expect(await ask(of(red!, blue!, blue!, red!))).toBe(50);
  await classifier.dispose();
});

test("a classifier of --recogniser is asked about photos, a detector about signs and a page", async () => {
  const classified = await openSubjects({ ...photos, recogniser: classifierFile() });
  const [subject, ...others] = classified.subjects;
  expect(others).toEqual([]);
  expect(subject?.good).toHaveLength(2);
  expect(await subject?.questions[0]?.ask(subject.good)).toBe(100);
  await classified.dispose();
  const detected = await openSubjects({ ...photos, recogniser: detectorFile() });
  expect(detected.subjects.map(({ questions }) => questions.map(({ name }) => name))).toEqual([
    ["signs-found"],
    ["page-found"],
  ]);
  await detected.dispose();
});

test("PaddleOCR reads and finds nearly all of the drawn signs and of the page in good light", async () => {
  const { subjects, dispose } = await openSubjects({ pairs: samples, count: 1 });
  const names: string[] = [];
  for (const { good, questions } of subjects) {
    for (const { name, ask } of questions) {
      names.push(name);
      expect(await ask(good), name).toBeGreaterThan(95);
    }
  }
  expect(names).toEqual(["signs-read", "signs-found", "page-read", "page-found"]);
  await dispose();
});
