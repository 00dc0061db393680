import { viewOf } from "./byte-list.ts";
import { type Chromaticities, type ColourCoding, codingOfCicp, srgbCoding, srgbPrimaries } from "./colour-coding.ts";
import type { PngChunk } from "./png-chunks.ts";

/** gAMA of sRGB, as files are written that approximate it. */
const srgbGamma = 45455;

/**
 * The colours that chunks of a PNG tell, and whether they outrank its profile: cICP does, sRGB, gAMA and cHRM do not.
 * A gamma of 1 / 2.2 with the primaries of sRGB, or alone, means sRGB.
 *
 * Source: PNG third edition (W3C), 4.3 and 11.3.2.
 */
export function codingOfPng(chunks: readonly PngChunk[]): { coding?: ColourCoding; outranksProfile: boolean } {
  const dataOf = (type: string, bytes: number) =>
    chunks.find((chunk) => chunk.type === type && chunk.data.length >= bytes)?.data;
  const cicp = dataOf("cICP", 4);
  const told = cicp && codingOfCicp(cicp[0] ?? 0, cicp[1] ?? 0);
  if (told) return { coding: told, outranksProfile: true };
  if (dataOf("sRGB", 1)) return { coding: srgbCoding, outranksProfile: false };
  const gamma = dataOf("gAMA", 4);
  const chromaticities = dataOf("cHRM", 32);
  if (!gamma && !chromaticities) return { outranksProfile: false };
  const primaries = (chromaticities && chromaticitiesOf(chromaticities)) ?? srgbPrimaries;
  const share = gamma ? viewOf(gamma).getUint32(0) : srgbGamma;
  const isSrgb = share === 0 || Math.abs(share - srgbGamma) <= 50;
  return { coding: { primaries, curve: isSrgb ? "srgb" : { gamma: 100000 / share } }, outranksProfile: false };
}

/** x and y of white, red, green and blue, times 100,000; nothing where they span no triangle. */
function chromaticitiesOf(data: Uint8Array): Chromaticities | undefined {
  const view = viewOf(data);
  const pair = (at: number) => [view.getUint32(at) / 100000, view.getUint32(at + 4) / 100000] as const;
  const [white, red, green, blue] = [pair(0), pair(8), pair(16), pair(24)];
  const area = (green[0] - red[0]) * (blue[1] - red[1]) - (blue[0] - red[0]) * (green[1] - red[1]);
  const isUsable = [white, red, green, blue].every(([x, y]) => x < 2 && y < 2) && white[1] > 0;
  return Math.abs(area) > 1e-3 && isUsable ? { white, red, green, blue } : undefined;
}
