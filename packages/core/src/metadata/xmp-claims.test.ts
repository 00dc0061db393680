import fc from "fast-check";
import { expect, test } from "vitest";
import { joinXmp } from "./extended-xmp.ts";
import { claimsOfXmp, xmpOfUprightPicture, xmpWithoutGainMap, xmpWithoutVideo } from "./xmp-claims.ts";

const packet = (attributes: string, content = "") =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""${attributes}>${content}</rdf:Description></rdf:RDF></x:xmpmeta>`;
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (xmp: Uint8Array) => new TextDecoder().decode(xmp);

const tiff = ` xmlns:tiff="http://ns.adobe.com/tiff/1.0/"`;
const camera = ` xmlns:Camera='http://ns.google.com/photos/1.0/camera/'`;
const gainMap = ` xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"`;
const directory = (...semantics: string[]) => {
  const items = semantics.map(
    (name) => `<rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="${name}" Item:Length="70"/></rdf:li>`,
  );
  return `<Container:Directory><rdf:Seq>${items.join("")}</rdf:Seq></Container:Directory>`;
};
const container = ` xmlns:Container="http://ns.google.com/photos/1.0/container/" xmlns:Item="http://ns.google.com/photos/1.0/container/item/"`;

test("orientation and pixel counts become the picture's, as attributes and as elements, whatever the prefix", () => {
  const asAttribute = packet(`${tiff} tiff:Orientation="6" tiff:ImageWidth='40' tiff:Make="K"`);
  expect(text(xmpOfUprightPicture(bytes(asAttribute), 30, 40))).toBe(
    packet(`${tiff} tiff:Orientation="1" tiff:ImageWidth='30' tiff:Make="K"`),
  );
  const renamed = ` xmlns:t="http://ns.adobe.com/tiff/1.0/"`;
  const asElement = packet(renamed, "<t:Orientation>8</t:Orientation><t:Model>6</t:Model>");
  expect(text(xmpOfUprightPicture(bytes(asElement), 3, 4))).toBe(
    packet(renamed, "<t:Orientation>1</t:Orientation><t:Model>6</t:Model>"),
  );
});

test("a packet without any of it comes back as the same bytes, even if it is no UTF-8", () => {
  const plain = bytes(packet(tiff, "<tiff:Make>a &gt; b</tiff:Make><!-- <tiff:Orientation>6</tiff:Orientation> -->"));
  const noise = Uint8Array.from({ length: 999 }, (_, i) => (i * 11) & 255);
  for (const xmp of [plain, noise]) {
    expect(xmpOfUprightPicture(xmp, 1, 1)).toBe(xmp);
    expect(xmpWithoutGainMap(xmp)).toBe(xmp);
    expect(xmpWithoutVideo(xmp)).toBe(xmp);
  }
});

test("a gain map's claims go, the rest of the packet stays", () => {
  const claimed = packet(
    `${gainMap}${container} hdrgm:Version="1.0" hdrgm:GainMapMax='2'`,
    `${directory("Primary", "GainMap")}<hdrgm:GainMapMin><rdf:Seq><rdf:li>0</rdf:li></rdf:Seq></hdrgm:GainMapMin>`,
  );
  expect(claimsOfXmp(bytes(claimed))).toMatchObject({ gainMap: true, video: false });
  expect(text(xmpWithoutGainMap(bytes(claimed)))).toBe(packet(`${gainMap}${container}`));
});

test("beside a video only the gain map leaves the list of contents", () => {
  const claimed = packet(container, directory("Primary", "GainMap", "MotionPhoto"));
  expect(claimsOfXmp(bytes(claimed))).toEqual({ gainMap: true, video: true, videoBytes: 70 });
  const kept = xmpWithoutGainMap(bytes(claimed));
  expect(text(kept)).toBe(packet(container, directory("Primary", "MotionPhoto")));
  expect(text(xmpWithoutVideo(kept))).toBe(packet(container));
});

test("a video's claims go, in old and new names", () => {
  const claimed = packet(
    `${camera} Camera:MicroVideo='1' Camera:MicroVideoOffset='2860'`,
    "<Camera:MotionPhoto>1</Camera:MotionPhoto>",
  );
  expect(claimsOfXmp(bytes(claimed))).toEqual({ gainMap: false, video: true, videoBytes: 2860 });
  const stripped = xmpWithoutVideo(bytes(claimed));
  expect(text(stripped)).toBe(packet(camera));
  expect(claimsOfXmp(stripped)).toEqual({ gainMap: false, video: false });
});

test("extended XMP joins its packet: properties and the namespaces they need", () => {
  const note = ` xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="${"A".repeat(32)}" a:b="1"`;
  const rest = `<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:big="urn:big"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description big:Data="xyz"/></rdf:RDF></x:xmpmeta>`;
  const joined = text(joinXmp(bytes(packet(note)), bytes(rest)));
  expect(joined).not.toContain("HasExtendedXMP=");
  expect(joined).toContain(`<rdf:Description big:Data="xyz"/></rdf:RDF>`);
  expect(joined).toContain(`xmlns:big="urn:big"`);
  expect(joined).toContain(`a:b="1"`);
});

test("whatever text comes, nothing is thrown; a long one without ends takes no time", () => {
  const piece = fc.constantFrom("<", ">", '"', "'", "/", "a:b", " xmlns:a=", "=", "<!--", "]]>", "<rdf:li>", " ");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const xmp = bytes(pieces.join(""));
      xmpWithoutVideo(xmpWithoutGainMap(xmpOfUprightPicture(xmp, 1, 1)));
      claimsOfXmp(xmp);
    }),
  );
  const before = process.cpuUsage();
  for (const unit of ["<a:b ", `<a:b c:d="`, "<rdf:li>", "<!--", " xmlns:a"]) {
    const long = bytes(packet("") + unit.repeat(200_000));
    xmpWithoutGainMap(xmpOfUprightPicture(long, 1, 1));
  }
  // Of the processor, in microseconds: other work on the machine does not count.
  expect(process.cpuUsage(before).user).toBeLessThan(5e6);
});
