import type { Photo, Picture } from "@kindling/core";
import { decodePhoto } from "@kindling/node";
import sharp from "sharp";

/** Size of a sign in pixels; its letters are about 20 px high. */
const sign = { width: 256, height: 48 };
const columns = 2;

/** Words of street signs, and their colours: letters, ground. */
const words: readonly (readonly [string, string, string])[] = [
  ["Platform 4", "#f2f2f0", "#1d3f8c"],
  ["Museum of Trade", "#22201e", "#e6e2d8"],
  ["Open until 22:30", "#f5e9c8", "#6b2a20"],
  ["No parking", "#b3201c", "#f0eeea"],
  ["Riverside Street 17", "#f0f0f0", "#20603a"],
  ["Emergency exit", "#f4fff6", "#0f7a42"],
  ["Tickets and maps", "#2b2b2b", "#d9b24a"],
  ["Fresh bread daily", "#5a3a22", "#ecdcc0"],
  ["Night bus N12", "#ffd84a", "#22242c"],
  ["Please ring twice", "#303030", "#c9c9c4"],
  ["Library entrance", "#e8ecf4", "#3a4a66"],
  ["Beware of the dog", "#181818", "#f0c419"],
];

/** What is written on the wall of `drawSigns`, row after row. */
export const textOfSigns: readonly string[] = words.map(([text]) => text);

/** Draws a wall of signs, in the system's sans-serif font. */
export async function drawSigns(): Promise<Photo> {
  const drawn = words.map(([text, ink, ground], i) => {
    const { x, y } = placeOf(i);
    return `<rect x="${x}" y="${y}" width="${sign.width}" height="${sign.height}" fill="${ground}"/>
      <text x="${x + 12}" y="${y + 34}" font-family="sans-serif" font-size="25" fill="${ink}">${text}</text>`;
  });
  const [width, height] = [columns * sign.width, (words.length / columns) * sign.height];
  const svg = `<svg width="${width}" height="${height}">${drawn.join("")}</svg>`;
  return decodePhoto(await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer(), { name: "signs.png" });
}

/** Cuts the signs out of a picture of the wall, in the order of `textOfSigns`. */
export function cutSigns(wall: Picture): readonly Picture[] {
  return words.map((_, i) => {
    const { x, y } = placeOf(i);
    const rows = Array.from({ length: sign.height }, (_, row) => {
      const start = ((y + row) * wall.width + x) * wall.channels;
      return wall.samples.subarray(start, start + sign.width * wall.channels);
    });
    return { ...wall, ...sign, samples: Float32Array.from(rows.flatMap((row) => [...row])) };
  });
}

function placeOf(index: number): { readonly x: number; readonly y: number } {
  return { x: (index % columns) * sign.width, y: Math.floor(index / columns) * sign.height };
}
