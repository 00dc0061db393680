import { expect, test } from "vitest";
import { cpuSeconds } from "../../../../test/support/cpu-seconds.ts";
import { xmpWithoutPlace } from "./xmp-without-place.ts";

const strip = (xmp: string) => new TextDecoder().decode(xmpWithoutPlace(new TextEncoder().encode(xmp)));

test("coordinates go from XMP as attributes and elements, in any namespace and quotes; the rest stays", () => {
  const xmp = `<r exif:GPSLatitude="51" a:b="1" drone-dji:GpsLongitude='2'><exif:GPSAltitude>3</exif:GPSAltitude><dc:title>Gps</dc:title><x:GPSMapDatum/></r>`;
  expect(strip(xmp)).toBe(`<r a:b="1"><dc:title>Gps</dc:title></r>`);
});

test("an element that holds others goes with them, one that is never closed with its text", () => {
  expect(strip("<a><x:GPSTrack><b>1</b><x:GPSTime>2</x:GPSTime></x:GPSTrack><c/></a>")).toBe("<a><c/></a>");
  expect(strip(`<a><x:GPSLatitude note=">" >51,30N<b/></a>`)).toBe("<a><b/></a>");
  expect(strip("<a x:GPSLatitude = '5' title='exif:GPSLatitude'/>")).toBe("<a title='exif:GPSLatitude'/>");
});

test("XMP without a place is the same bytes", () => {
  const xmp = Uint8Array.of(0xef, 0xbb, 0xbf, 0x3c, 0x61, 0xff, 0x3e);
  expect(xmpWithoutPlace(xmp)).toBe(xmp);
});

test.each([
  ["elements that are never closed", "<a:GPSx>"],
  ["tags that never end", "<a:GPSx "],
  ["quotes that never end", `<a:GPSx ="' b:GPS="`],
  ["closing tags alone", "</a:GPSx "],
  ["one long name", "a:GPS"],
  ["one long tag", "<a:GPS ".padEnd(1000)],
  ["letters", " a"],
  ["spaces behind names", " a:GPS".padEnd(5000)],
])("2 MB of %s take under two seconds", (_what, unit) => {
  const xmp = new TextEncoder().encode(unit.repeat(Math.ceil(2e6 / unit.length)));
  expect(cpuSeconds(() => xmpWithoutPlace(xmp))).toBeLessThan(2);
});
