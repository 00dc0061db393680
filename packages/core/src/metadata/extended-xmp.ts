import { md5 } from "./md5.ts";
import { applyCuts, editXmpText, xmpElements, xmpNamespaces, xmpValue } from "./xmp.ts";

/** The identifier by which a packet names the rest of it: 32 hexadecimal digits, the MD5 of the rest when it was made. */
export function extensionOfXmp(xmp: Uint8Array): string | undefined {
  const name = xmpValue(new TextDecoder().decode(xmp), xmpNamespaces.note, "HasExtendedXMP");
  return name && /^[0-9A-Fa-f]{32}$/.test(name) ? name : undefined;
}

/**
 * Joins an XMP packet and the rest of it, as all formats but JPEG hold it: the properties of the rest become
 * descriptions of the packet. Source: XMP part 3, 1.1.3.1.
 */
export function joinXmp(xmp: Uint8Array, rest: Uint8Array): Uint8Array {
  const { rdf, note } = xmpNamespaces;
  const main = editXmpText(new TextDecoder().decode(xmp), (namespace, name) =>
    namespace === note && name === "HasExtendedXMP" ? null : undefined,
  );
  const extension = new TextDecoder().decode(rest);
  const [target] = xmpElements(main, rdf, "RDF");
  const [source] = xmpElements(extension, rdf, "RDF");
  if (!target || !source) return xmp;
  const declared = new Set(declarations(main.slice(target.from, target.innerFrom)).keys());
  const missing = [...declarations(extension.slice(0, source.innerFrom))].filter(([prefix]) => !declared.has(prefix));
  const joined = applyCuts(main, [
    { from: target.innerFrom - 1, to: target.innerFrom - 1, text: missing.map(([, whole]) => whole).join("") },
    { from: target.innerTo, to: target.innerTo, text: extension.slice(source.innerFrom, source.innerTo) },
  ]);
  return new TextEncoder().encode(joined);
}

/** Makes a packet the rest of a small one, which names it: as JPEG holds what is larger than a segment. */
export function splitXmp(whole: Uint8Array): { readonly xmp: Uint8Array; readonly extendedXmp: Uint8Array } {
  const { rdf, note } = xmpNamespaces;
  const packet =
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${rdf}"><rdf:Description rdf:about="" ` +
    `xmlns:xmpNote="${note}" xmpNote:HasExtendedXMP="${md5(whole)}"/></rdf:RDF></x:xmpmeta>`;
  return { xmp: new TextEncoder().encode(packet), extendedXmp: whole };
}

function declarations(text: string): Map<string, string> {
  const found = text.matchAll(/\sxmlns:([\w.-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g);
  return new Map(Array.from(found, ([whole, prefix = ""]) => [prefix, whole]));
}
