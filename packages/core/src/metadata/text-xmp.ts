import { joinXmp } from "./extended-xmp.ts";
import type { PngText } from "./photo-metadata.ts";
import { xmpHas } from "./xmp.ts";

const namespaces = { dc: "http://purl.org/dc/elements/1.1/", xmp: "http://ns.adobe.com/xap/1.0/" } as const;

/** Properties of XMP that mean what a keyword of PNG means, and the array each is. Source: PNG third edition, 11.3.3. */
const properties: Readonly<
  Record<string, readonly [prefix: keyof typeof namespaces, name: string, kind: "Alt" | "Seq" | "plain"]>
> = {
  Title: ["dc", "title", "Alt"],
  Author: ["dc", "creator", "Seq"],
  Description: ["dc", "description", "Alt"],
  Copyright: ["dc", "rights", "Alt"],
  Software: ["xmp", "CreatorTool", "plain"],
  Source: ["dc", "source", "plain"],
};

/**
 * Puts the texts of a PNG into XMP, where they have a place and it says nothing of its own there.
 *
 * @param xmp a packet to add them to; a new one is made without it.
 * @returns the packet, and whether all texts stand in it.
 */
export function xmpOfTexts(
  texts: readonly PngText[],
  xmp: Uint8Array | undefined,
): { readonly xmp: Uint8Array | undefined; readonly isComplete: boolean } {
  const packet = xmp && new TextDecoder().decode(xmp);
  const lines = new Map<string, string>();
  let isComplete = true;
  for (const { keyword, text } of texts) {
    const [prefix, name, kind] = properties[keyword] ?? [];
    const isTold = prefix && packet !== undefined && xmpHas(packet, namespaces[prefix], name);
    if (!prefix || isTold || lines.has(keyword)) {
      isComplete = false;
      continue;
    }
    const value = escapeXml(text);
    const item = kind === "Alt" ? `<rdf:li xml:lang="x-default">${value}</rdf:li>` : `<rdf:li>${value}</rdf:li>`;
    const content = kind === "plain" ? value : `<rdf:${kind}>${item}</rdf:${kind}>`;
    lines.set(keyword, `<${prefix}:${name}>${content}</${prefix}:${name}>`);
  }
  if (lines.size === 0) return { xmp, isComplete };
  const made = new TextEncoder().encode(
    [
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`,
      `<rdf:Description rdf:about="" xmlns:dc="${namespaces.dc}" xmlns:xmp="${namespaces.xmp}">`,
      ...lines.values(),
      "</rdf:Description></rdf:RDF></x:xmpmeta>",
    ].join("\n"),
  );
  if (!xmp) return { xmp: made, isComplete };
  const joined = joinXmp(xmp, made);
  // A damaged packet takes nothing in.
  return { xmp: joined, isComplete: isComplete && joined !== xmp };
}

/** XML has no place for control characters other than tab and line ends. */
function escapeXml(text: string): string {
  const allowed = Array.from(text, (letter) => (letter < " " && !"\t\n\r".includes(letter) ? " " : letter)).join("");
  return allowed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
