import { readFileSync } from "node:fs";
import type { ModelTensor, Picture } from "@kindling/core";
import { openSession } from "@kindling/node";
import { tensorOfPicture } from "@kindling/node/internal";

/** Reads lines of printed text. */
interface LineReader {
  /** @param line RGB, 48 px high, one line of text. */
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
  return {
    async read(line) {
      const [scores] = Object.values(await session.run({ x: caffeOrder(tensorOfPicture(line)) }));
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

/** From RGB, 0 to 1, to BGR, -1 to 1. */
function caffeOrder({ shape, values }: ModelTensor): ModelTensor {
  const pixels = values.length / 3;
  const planes = [2, 1, 0].map((plane) => values.subarray(plane * pixels, (plane + 1) * pixels));
  return {
    shape,
    values: Float32Array.from(
      planes.flatMap((plane) => [...plane]),
      (value) => 2 * value - 1,
    ),
  };
}
