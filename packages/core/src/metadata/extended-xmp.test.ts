import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { extensionOfXmp, joinXmp, splitXmp } from "./extended-xmp.ts";
import { md5 } from "./md5.ts";

test("the digest is MD5, for every length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(md5(bytes)).toBe(createHash("md5").update(bytes).digest("hex").toUpperCase());
    }),
  );
});

test("a packet too large for a segment becomes the rest of a small one that names it, and joins again", () => {
  const large = new TextEncoder().encode(
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:a="u" a:b="${"c".repeat(70_000)}"/></rdf:RDF></x:xmpmeta>`,
  );
  const { xmp, extendedXmp } = splitXmp(large);
  expect(xmp.length).toBeLessThan(1000);
  expect(extendedXmp).toBe(large);
  expect(extensionOfXmp(xmp)).toBe(md5(large));
  expect(new TextDecoder().decode(joinXmp(xmp, extendedXmp))).toContain(`a:b="${"c".repeat(70_000)}"`);
});
