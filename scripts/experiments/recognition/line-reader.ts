import { readFileSync } from "node:fs";
import type { ModelTensor, Picture } from "@kindling/core";
import { openSession } from "@kindling/node";
import { tensorOfPicture } from "@kindling/node/internal";
import { inBlueGreenRed, normalise, resize } from "./picture-input.ts";

/** Rows of a line as the networks of PaddleOCR take it. */
const rows = 48;

/** From 0..1 to -1..1. */
const aroundZero = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };

/** Reads lines of printed text. */
export interface LineReader {
  /** @param line RGB, one line of text of any height. */
  read(line: Picture): Promise<string>;
  dispose(): Promise<void>;
}

/**
 * Opens a recogniser of PaddleOCR: it takes BGR of 48 rows, -1 to 1, as [1, 3, 48, width], and gives the probability of
 * every character at every eighth column, [1, columns, 1 + characters + 1], a gap first and a space last.
 *
 * @param model path of its ONNX file.
 * @param alphabet path of a text file with a character in every line.
 */
export async function openLineReader(model: string, alphabet: string): Promise<LineReader> {
  const characters = [...readFileSync(alphabet, "utf8").trimEnd().split("\n"), " "];
  const session = await openSession(model, { device: "cpu", threads: 1 });
  const [input] = session.inputNames;
  return {
    async read(line) {
      const columns = Math.round((line.width * rows) / line.height);
      const image = resize(inBlueGreenRed(tensorOfPicture(line)), columns, rows);
      const [scores] = Object.values(await session.run({ [input!]: normalise(image, aroundZero) }));
      return decodeText(scores!, characters);
    },
    dispose: () => session.dispose(),
  };
}

/**
 * Decodes the scores of connectionist temporal classification greedily: the best class of every column, of which repeats
 * and gaps are left out. Source: Graves, Fernández, Gomez, Schmidhuber, ICML 2006.
 *
 * @param scores [1, columns, classes]; class 0 is the gap.
 * @param characters those of the classes from 1 on.
 */
export function decodeText({ shape, values }: ModelTensor, characters: readonly string[]): string {
  const [, columns = 0, classes = 0] = shape;
  let text = "";
  let before = 0;
  for (let column = 0; column < columns; column++) {
    const scores = values.subarray(column * classes, (column + 1) * classes);
    const best = scores.reduce((found, score, i) => (score > scores[found]! ? i : found), 0);
    if (best !== before && best !== 0) text += characters[best - 1] ?? "";
    before = best;
  }
  return text;
}
