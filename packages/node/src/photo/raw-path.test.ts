import fc from "fast-check";
import { expect, test } from "vitest";
import { pathOfBytes, rawPath } from "./raw-path.ts";

test("every name comes back byte for byte, whatever its bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const path = pathOfBytes(Buffer.from(bytes));
      expect([...Buffer.from(rawPath(path))]).toEqual([...bytes]);
    }),
    { numRuns: 2000 },
  );
});

test("text stays text; bytes that are not UTF-8 become halves of characters, one each", () => {
  expect(pathOfBytes(Buffer.from("夜 é.jpg"))).toBe("夜 é.jpg");
  expect(rawPath("夜 🌃.jpg")).toBe("夜 🌃.jpg");
  expect(pathOfBytes(Buffer.from([0x61, 0xff, 0xc3, 0xa9, 0xed, 0xb2, 0x80]))).toBe("a\udcffé\udced\udcb2\udc80");
});
