import type { ModelTensor, Picture } from "@kindling/core";
import { openSession } from "@kindling/node";
import { tensorOfPicture } from "@kindling/node/internal";
import { imageNet, inBlueGreenRed, normalise } from "./picture-input.ts";
import type { Box } from "./text-scene.ts";

/** From here on a pixel counts as text. */
const textProbability = 0.3;

/** Mean probability from which on an area counts as text. */
const areaProbability = 0.6;

/** Networks find the kernel of a line; its area times this over its perimeter is the width of the rim around it. */
const unclipRatio = 1.5;

/** Least sides of an area in pixels: before and after the rim is added. */
const leastSides = [3, 5] as const;

/** Finds lines of text. */
export interface TextDetector {
  /** @param picture RGB, sides are multiples of 32. */
  find(picture: Picture): Promise<readonly Box[]>;
  dispose(): Promise<void>;
}

/**
 * Opens a text detector of PaddleOCR, or another with a map: it takes BGR, normalised by ImageNet's means and deviations in
 * that order, as [1, 3, height, width], and gives the probability of text at every pixel, [1, 1, height, width].
 *
 * @param model path of its ONNX file.
 */
export async function openTextDetector(model: string): Promise<TextDetector> {
  const session = await openSession(model, { device: "cpu", threads: 1 });
  const [input] = session.inputNames;
  return {
    async find(picture) {
      const image = normalise(inBlueGreenRed(tensorOfPicture(picture)), imageNet);
      const [map] = Object.values(await session.run({ [input!]: image }));
      return boxesOfMap(map!);
    },
    dispose: () => session.dispose(),
  };
}

/**
 * Finds the lines of text in a map of probabilities: connected areas, with the rim that training takes away added again.
 *
 * Source: Liao, Wan, Yao, Chen, Bai, AAAI 2020 (differentiable binarisation), with the limits of PaddleOCR's settings.
 * Departure: rectangles are upright, since the text that is drawn here is.
 *
 * @param map [1, 1, height, width].
 */
export function boxesOfMap({ shape, values }: ModelTensor): Box[] {
  const [, , height = 0, width = 0] = shape;
  const seen = new Uint8Array(width * height);
  const boxes: Box[] = [];
  for (let start = 0; start < values.length; start++) {
    if (seen[start] || values[start]! <= textProbability) continue;
    const kernel = areaFrom(start, values, width, height, seen);
    if (Math.min(kernel.width, kernel.height) < leastSides[0]) continue;
    if (meanIn(kernel, values, width) < areaProbability) continue;
    const box = withRim(kernel, width, height);
    if (Math.min(box.width, box.height) >= leastSides[1]) boxes.push(box);
  }
  return boxes;
}

/** The rectangle around all text that is connected with a pixel, neighbours at corners too; marks its pixels as seen. */
function areaFrom(start: number, values: Float32Array, width: number, height: number, seen: Uint8Array): Box {
  let [left, right, top, bottom] = [width, 0, height, 0];
  const open = [start];
  seen[start] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [x, y] = [at % width, Math.floor(at / width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++) {
      for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
        const next = row * width + column;
        if (seen[next] || values[next]! <= textProbability) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function meanIn(box: Box, values: Float32Array, stride: number): number {
  let sum = 0;
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) sum += values[y * stride + x]!;
  }
  return sum / (box.width * box.height);
}

function withRim({ x, y, width, height }: Box, mapWidth: number, mapHeight: number): Box {
  const rim = (width * height * unclipRatio) / (2 * (width + height));
  const [left, top] = [Math.max(x - rim, 0), Math.max(y - rim, 0)];
  const [right, bottom] = [Math.min(x + width + rim, mapWidth), Math.min(y + height + rim, mapHeight)];
  return { x: left, y: top, width: right - left, height: bottom - top };
}
