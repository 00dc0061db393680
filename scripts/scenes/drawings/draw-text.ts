import type { Picture } from "@kindling/node";
import { letters } from "./letters.ts";
import { type Colour, paintPicture, sceneHeight, sceneWidth } from "./paint-picture.ts";

const words = "THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG ";
const margin = 12;

/** Black text on white paper, large letters above and small ones below. */
export function drawText({ paper, ink, grain }: { paper: Colour; ink: Colour; grain: number }): Picture {
  return paintPicture((x, y) => (isInk(x, y) ? ink : paper), { grain });
}

function isInk(x: number, y: number): boolean {
  const isLarge = y < sceneHeight / 2;
  const dot = isLarge ? 2 : 1;
  const column = Math.floor((x - margin) / dot);
  const row = Math.floor((y - (isLarge ? margin : sceneHeight / 2)) / dot);
  const [place, line] = [Math.floor(column / 6), Math.floor(row / 10)];
  if (column < 0 || row < 0 || row % 10 > 6 || column % 6 > 4) return false;
  if (place >= Math.floor((sceneWidth - 2 * margin) / (6 * dot)) || line >= (isLarge ? 5 : 10)) return false;
  const bits = letters[words[(place + 7 * line) % words.length]]?.[row % 10] ?? 0;
  return ((bits >> (4 - (column % 6))) & 1) === 1;
}
