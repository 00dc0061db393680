import type { PngText } from "./photo-metadata.ts";

/** Properties of XMP that mean what a keyword of PNG means, and the array each is. Source: PNG third edition, 11.3.3. */
const properties: Readonly<Record<string, readonly [name: string, kind: "Alt" | "Seq" | "plain"]>> = {
  Title: ["dc:title", "Alt"],
  Author: ["dc:creator", "Seq"],
  Description: ["dc:description", "Alt"],
  Copyright: ["dc:rights", "Alt"],
  Software: ["xmp:CreatorTool", "plain"],
  Source: ["dc:source", "plain"],
};

/** An XMP packet of the texts of a PNG that have a place in it, and whether these are all. */
export function xmpOfTexts(texts: readonly PngText[]): { readonly xmp?: Uint8Array; readonly isComplete: boolean } {
  const lines = new Map<string, string>();
  for (const { keyword, text } of texts) {
    const [name, kind] = properties[keyword] ?? [];
    if (!name || lines.has(name)) continue;
    const value = escapeXml(text);
    const item = kind === "Alt" ? `<rdf:li xml:lang="x-default">${value}</rdf:li>` : `<rdf:li>${value}</rdf:li>`;
    const content = kind === "plain" ? value : `<rdf:${kind}>${item}</rdf:${kind}>`;
    lines.set(name, `<${name}>${content}</${name}>`);
  }
  const isComplete = lines.size === texts.length;
  if (lines.size === 0) return { isComplete };
  const packet = [
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`,
    `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">`,
    ...lines.values(),
    "</rdf:Description></rdf:RDF></x:xmpmeta>",
  ];
  return { xmp: new TextEncoder().encode(packet.join("\n")), isComplete };
}

/** XML has no place for control characters other than tab and line ends. */
function escapeXml(text: string): string {
  const allowed = Array.from(text, (letter) => (letter < " " && !"\t\n\r".includes(letter) ? " " : letter)).join("");
  return allowed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
