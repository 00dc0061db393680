import { drawScene, type TextScene } from "./text-scene.ts";

const [width, height] = [384, 384];

/** Rows from line to line; small letters are about 8 px high. */
const pitchPx = 28;

/** The desk that is seen around the page. */
const deskPx = 12;

const sentences: readonly string[] = [
  "Harbour Office, Monday 14 March",
  "The night ferry to the islands leaves",
  "at ten from pier 3, not from pier 7.",
  "Please bring your ticket and be there",
  "half an hour early. Bicycles travel on",
  "the lower deck for 6 crowns each way.",
  "In heavy fog the crossing takes twice",
  "as long; the kitchen then stays open.",
  "Lost gloves, keys and umbrellas wait",
  "in room 12 until the end of the month.",
  "Questions? Ring the bell at the gate,",
  "or write to us before 20 April.",
];

/** Draws a printed page on a desk, in the system's serif font. */
export function drawPage(): Promise<TextScene> {
  const left = 2 * deskPx;
  const lines = sentences.map((text, i) => {
    const y = 24 + i * pitchPx;
    const element = `<text x="${left}" y="${y + 20}" font-family="serif" font-size="17" fill="#26241f">${text}</text>`;
    return { text, strip: { x: deskPx, y, width: width - 2 * deskPx, height: pitchPx }, element };
  });
  const paper = `<rect x="${deskPx}" y="${deskPx}" width="${width - 2 * deskPx}" height="${height - 2 * deskPx}" fill="#efebe0"/>`;
  return drawScene([width, height], `<rect width="100%" height="100%" fill="#5b4230"/>${paper}`, lines);
}
