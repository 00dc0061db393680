/**
 * Where an element or attribute begins, or an element ends, that tells a place, in any namespace: Exif's and the drone
 * makers' alike. Names have a greatest length, so that no text makes the search slow.
 */
const beginnings = /(<\/?|\s)([\w-]{1,100}:GPS\w{0,100})/gi;

/** A part of the text that tells a place. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * XMP without coordinates: every attribute and element whose name begins with GPS is taken out. Place names somebody
 * typed in stay. Takes time in proportion to the text, whatever the text is.
 */
export function xmpWithoutPlace(xmp: Uint8Array): Uint8Array {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(xmp);
  const kept: string[] = [];
  let keptTo = 0;
  for (const { from, to } of findPlaces(text)) {
    if (from < keptTo) continue;
    kept.push(text.slice(keptTo, from));
    keptTo = to;
  }
  return keptTo === 0 ? xmp : new TextEncoder().encode(kept.join("") + text.slice(keptTo));
}

/** Finds tags and attributes from the last to the first, so that an element knows where the next tag of its name ends. */
function findPlaces(text: string): Span[] {
  const ends = new Map<string, number>();
  const spans: Span[] = [];
  for (const { index: from, 0: begun, 1: opening, 2: name = "" } of [...text.matchAll(beginnings)].reverse()) {
    const behindName = from + begun.length;
    if (opening === "</") {
      const end = endOfTag(text, behindName);
      if (end !== undefined) ends.set(name.toLowerCase(), end);
    } else {
      const to =
        opening === "<"
          ? endOfElement(text, behindName, ends.get(name.toLowerCase()))
          : endOfAttribute(text, behindName);
      if (to !== undefined) spans.push({ from, to });
    }
  }
  return spans.reverse();
}

/** An element that is never closed ends with the text behind its tag. */
function endOfElement(text: string, behindName: number, closed: number | undefined): number | undefined {
  const end = endOfTag(text, behindName);
  if (end === undefined || text[end - 2] === "/") return end;
  if (closed !== undefined) return closed;
  const next = text.indexOf("<", end);
  return next < 0 ? text.length : next;
}

/** Behind the `>` of a tag; undefined if another tag begins before. */
function endOfTag(text: string, from: number): number | undefined {
  let quote = "";
  for (let at = from; at < text.length; at++) {
    const character = text[at]!;
    if (character === "<") return undefined;
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return at + 1;
  }
  return undefined;
}

function endOfAttribute(text: string, behindName: number): number | undefined {
  const equals = skipSpaces(text, behindName);
  if (text[equals] !== "=") return undefined;
  const quoted = skipSpaces(text, equals + 1);
  const quote = text[quoted];
  if (quote !== '"' && quote !== "'") return undefined;
  const end = text.indexOf(quote, quoted + 1);
  return end < 0 ? undefined : end + 1;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}
