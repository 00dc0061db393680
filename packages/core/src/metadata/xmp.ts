/** Namespaces of properties that Kindling reads or changes. */
export const xmpNamespaces = {
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  tiff: "http://ns.adobe.com/tiff/1.0/",
  exif: "http://ns.adobe.com/exif/1.0/",
  xmp: "http://ns.adobe.com/xap/1.0/",
  note: "http://ns.adobe.com/xmp/note/",
  gainMap: "http://ns.adobe.com/hdr-gain-map/1.0/",
  appleGainMap: "http://ns.apple.com/HDRGainMap/1.0/",
  container: "http://ns.google.com/photos/1.0/container/",
} as const;

/** A tag of an XMP packet. */
interface XmpTag {
  readonly kind: "open" | "close" | "empty";
  /** With its prefix, as it stands there. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** An element of an XMP packet: its tags included in `from` to `to`, without them in `innerFrom` to `innerTo`. */
export interface XmpElement {
  readonly from: number;
  readonly to: number;
  readonly innerFrom: number;
  readonly innerTo: number;
}

/** What becomes of a property: undefined keeps it, null takes it out, a text becomes its value. */
export type XmpEdit = (namespace: string, name: string) => string | null | undefined;

const attribute = /\s([\w.-]+:[\w.-]+)\s*=\s*("[^"]*"|'[^']*')/g;

/**
 * Changes properties of an XMP packet, whether they stand as attributes or as elements; all else stays as it is, and a
 * packet without any of them comes back as it came. One walk: time grows with its length only.
 */
export function editXmp(xmp: Uint8Array, edit: XmpEdit): Uint8Array {
  const text = new TextDecoder().decode(xmp);
  const edited = editXmpText(text, edit);
  return edited === text ? xmp : new TextEncoder().encode(edited);
}

/** `editXmp` on text. */
export function editXmpText(text: string, edit: XmpEdit): string {
  const resolve = namespaceResolver(text);
  const editOf = (name: string) => {
    const known = resolve(name);
    return known && edit(...known);
  };
  const cuts: { from: number; to: number; text: string }[] = [];
  let within: { tag: XmpTag; depth: number; value: string | null } | undefined;
  for (const tag of tagsOf(text)) {
    if (within) {
      if (tag.name !== within.tag.name) continue;
      within.depth += tag.kind === "open" ? 1 : tag.kind === "close" ? -1 : 0;
      if (within.depth > 0) continue;
      const { value } = within;
      cuts.push(
        value === null
          ? { from: within.tag.from, to: tag.to, text: "" }
          : { from: within.tag.to, to: tag.from, text: value },
      );
      within = undefined;
      continue;
    }
    if (tag.kind === "close") continue;
    const value = editOf(tag.name);
    if (value !== undefined) {
      if (tag.kind === "open") within = { tag, depth: 1, value };
      else if (value === null) cuts.push({ from: tag.from, to: tag.to, text: "" });
      continue;
    }
    for (const match of text.slice(tag.from, tag.to).matchAll(attribute)) {
      const [whole, name = "", quoted = ""] = match;
      const changed = editOf(name);
      if (changed === undefined) continue;
      const to = tag.from + match.index + whole.length;
      if (changed === null) cuts.push({ from: tag.from + match.index, to, text: "" });
      else cuts.push({ from: to - quoted.length + 1, to: to - 1, text: changed });
    }
  }
  return applyCuts(text, cuts);
}

/** The elements of one name, outermost only. */
export function xmpElements(text: string, namespace: string, name: string): XmpElement[] {
  const resolve = namespaceResolver(text);
  const elements: XmpElement[] = [];
  let open: { tag: XmpTag; depth: number } | undefined;
  for (const tag of tagsOf(text)) {
    if (open) {
      if (tag.name !== open.tag.name) continue;
      open.depth += tag.kind === "open" ? 1 : tag.kind === "close" ? -1 : 0;
      if (open.depth > 0) continue;
      elements.push({ from: open.tag.from, to: tag.to, innerFrom: open.tag.to, innerTo: tag.from });
      open = undefined;
      continue;
    }
    const known = tag.kind === "close" ? undefined : resolve(tag.name);
    if (known?.[0] !== namespace || known[1] !== name) continue;
    if (tag.kind === "open") open = { tag, depth: 1 };
    else elements.push({ from: tag.from, to: tag.to, innerFrom: tag.to, innerTo: tag.to });
  }
  return elements;
}

/** Finds the value of a property, an attribute or an element of plain text. */
export function xmpValue(text: string, namespace: string, name: string): string | undefined {
  let found: string | undefined;
  const resolve = namespaceResolver(text);
  const isWanted = (qualified: string) => {
    const known = resolve(qualified);
    return known?.[0] === namespace && known[1] === name;
  };
  for (const tag of tagsOf(text)) {
    if (found !== undefined || tag.kind === "close") continue;
    if (tag.kind === "open" && isWanted(tag.name)) found = text.slice(tag.to, text.indexOf("<", tag.to)).trim();
    for (const [, qualified = "", quoted = ""] of text.slice(tag.from, tag.to).matchAll(attribute)) {
      if (isWanted(qualified)) found ??= quoted.slice(1, -1);
    }
  }
  return found;
}

/** Whether a packet has a property, as an attribute or an element. */
export function xmpHas(text: string, namespace: string, name: string | undefined): boolean {
  let isThere = false;
  editXmpText(text, (candidate, property) => {
    isThere ||= candidate === namespace && property === name;
    return undefined;
  });
  return isThere;
}

/** Replaces pieces of a text that are in order and do not overlap. */
export function applyCuts(text: string, cuts: readonly { from: number; to: number; text: string }[]): string {
  let at = 0;
  const parts: string[] = [];
  for (const cut of cuts) {
    parts.push(text.slice(at, cut.from), cut.text);
    at = cut.to;
  }
  return parts.join("") + text.slice(at);
}

/** Prefixes as the whole packet declares them: one prefix stands for one namespace, as in all that is written. */
function namespaceResolver(text: string): (name: string) => readonly [string, string] | undefined {
  const declared = new Map<string, string>();
  for (const [, prefix = "", double, single] of text.matchAll(/\sxmlns:([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    declared.set(prefix, double ?? single ?? "");
  }
  return (name) => {
    const colon = name.indexOf(":");
    const namespace = declared.get(name.slice(0, colon));
    return namespace === undefined ? undefined : [namespace, name.slice(colon + 1)];
  };
}

/** Walks over the tags; comments, processing instructions and CDATA are stepped over. Ends at what is never closed. */
function* tagsOf(text: string): Generator<XmpTag> {
  for (let from = text.indexOf("<"); from >= 0; ) {
    const to = endOfTag(text, from);
    if (to < 0) return;
    const name = /^<\/?([\w.-]+:[\w.-]+)/.exec(text.slice(from, Math.min(to, from + 200)))?.[1];
    if (name) {
      const kind = text[from + 1] === "/" ? "close" : text[to - 2] === "/" ? "empty" : "open";
      yield { kind, name, from, to };
    }
    from = text.indexOf("<", to);
  }
}

function endOfTag(text: string, from: number): number {
  for (const [begin, end] of [
    ["<!--", "-->"],
    ["<![CDATA[", "]]>"],
    ["<?", "?>"],
  ] as const) {
    if (!text.startsWith(begin, from)) continue;
    const at = text.indexOf(end, from + begin.length);
    return at < 0 ? -1 : at + end.length;
  }
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === ">") return at + 1;
    if (character !== '"' && character !== "'") continue;
    at = text.indexOf(character, at + 1);
    if (at < 0) return -1;
  }
  return -1;
}
