import { isUtf8 } from "node:buffer";

/** Where the bytes 0x80 to 0xff of a name that is not UTF-8 stand among the halves of characters, which no text holds. */
const firstEscape = 0xdc00;

/**
 * The path for bytes that a file system gives as a name. Bytes that are not UTF-8 become the halves of characters U+DC80 to
 * U+DCFF, as in Python (PEP 383), so that every name is a string of its own.
 */
export function pathOfBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let path = "";
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((count) => at + count <= bytes.length && isUtf8(bytes.subarray(at, at + count)));
    path += length ? bytes.toString("utf8", at, at + length) : String.fromCharCode(firstEscape + (bytes[at] ?? 0));
    at += length ?? 1;
  }
  return path;
}

/** The path as Node's functions take it: the bytes of `pathOfBytes` where a name is not UTF-8. */
export function rawPath(path: string): string | Buffer {
  if (!/[\udc80-\udcff]/u.test(path)) return path;
  const parts = path.split(/([\udc80-\udcff])/u);
  // Every second part is one escape.
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.of(part.charCodeAt(0) - firstEscape) : Buffer.from(part))),
  );
}
