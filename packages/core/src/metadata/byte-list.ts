/** Joins byte arrays into one. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The bytes of an ASCII text; `\0` stands for a zero byte. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Whether the bytes hold the ASCII text at the given place. */
export function hasAscii(bytes: Uint8Array, at: number, text: string): boolean {
  return at + text.length <= bytes.length && asciiBytes(text).every((byte, i) => bytes[at + i] === byte);
}

/** A view for reading and writing numbers in the same bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
