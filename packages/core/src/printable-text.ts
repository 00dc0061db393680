/** Control characters, line and paragraph ends, marks that turn the direction of writing, and halves of characters. */
const unprintable = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cs}]/gu;

const shortForms: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Makes text from elsewhere, such as the name of a file, safe to print: on one line, and without a character that could
 * drive a terminal or turn the text around. Such characters become `\n`, `\x1b` or `\u202e`; a byte of a name that is not
 * UTF-8 becomes `\xff`.
 */
export function printableText(text: string): string {
  return text.replaceAll(unprintable, (character) => shortForms[character] ?? escapeCode(character.charCodeAt(0)));
}

function escapeCode(code: number): string {
  // A byte that is not UTF-8 stands as half a character in paths; see `rawPath` in @kindling/node.
  const byte = code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code;
  return byte < 0x100 ? `\\x${byte.toString(16).padStart(2, "0")}` : `\\u${byte.toString(16).padStart(4, "0")}`;
}
