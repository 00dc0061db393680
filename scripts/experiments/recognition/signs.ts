import { drawScene, type TextScene } from "./text-scene.ts";

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

/** Draws a wall of signs, in the system's sans-serif font. */
export function drawSigns(): Promise<TextScene> {
  const signs = words.map(([text, ink, ground], i) => {
    const x = (i % columns) * sign.width;
    const y = Math.floor(i / columns) * sign.height;
    const element = `<text x="${x + 12}" y="${y + 34}" font-family="sans-serif" font-size="25" fill="${ink}">${text}</text>`;
    const plate = `<rect x="${x}" y="${y}" width="${sign.width}" height="${sign.height}" fill="${ground}"/>`;
    return { text, strip: { x, y, ...sign }, element, plate };
  });
  const size = [columns * sign.width, (words.length / columns) * sign.height] as const;
  return drawScene(size, signs.map(({ plate }) => plate).join(""), signs);
}
