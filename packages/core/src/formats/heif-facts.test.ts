import { expect, test } from "vitest";
import { asciiBytes } from "../metadata/byte-list.ts";
import { bigEndian, isoBox } from "../metadata/iso-boxes.ts";
import { readHeifFacts } from "./heif-facts.ts";

const full = new Uint8Array(4);
const item = (id: number, type: string, flags = 0) =>
  isoBox("infe", bigEndian([4, 0x02000000 + flags], [2, id], [2, 0]), asciiBytes(`${type}\0`));
const auxiliary = (urn: string) => isoBox("auxC", full, asciiBytes(`${urn}\0`));

function heif(items: readonly Uint8Array[], properties: readonly Uint8Array[], references: readonly Uint8Array[] = []) {
  return isoBox(
    "meta",
    full,
    isoBox("iinf", full, bigEndian([2, items.length]), ...items),
    isoBox("iref", full, ...references),
    isoBox("iprp", isoBox("ipco", ...properties)),
  );
}

/** A reference of a type from one item to others. */
const reference = (type: string, from: number, ...to: readonly number[]) =>
  isoBox(type, bigEndian([2, from], [2, to.length], ...to.map((id) => [2, id] as const)));

test("a phone's photo of tiles, with thumbnail, depth and gain map, is one picture; notes name what is left out", () => {
  const items = [
    ...[1, 2].map((id) => item(id, "hvc1", 1)),
    item(3, "grid"),
    ...[4, 5, 6].map((id) => item(id, "hvc1")),
    item(7, "Exif", 1),
  ];
  const properties = [
    isoBox("hvcC", new Uint8Array(17), Uint8Array.of(0xf8)),
    auxiliary("urn:mpeg:hevc:2015:auxid:2"),
    auxiliary("urn:com:apple:photo:2020:aux:hdrgainmap"),
  ];
  const references = [
    reference("dimg", 3, 1, 2),
    reference("thmb", 4, 3),
    reference("auxl", 5, 3),
    reference("auxl", 6, 3),
  ];
  expect(readHeifFacts(heif(items, properties, references))).toEqual({
    depth: 8,
    notes: ["its depth map is left out", "its HDR gain map is left out"],
  });
});

test("notes name a burst and a film, and 10 bits are known", () => {
  const file = heif(
    [1, 2, 3].map((id) => item(id, "hvc1")),
    [isoBox("hvcC", new Uint8Array(17), Uint8Array.of(0xfa))],
  );
  const both = Uint8Array.from([...file, ...isoBox("moov")]);
  expect(readHeifFacts(both)).toEqual({
    depth: 10,
    notes: ["only the main one of its 3 pictures is used", "its film is left out"],
  });
});

test("a file cut short anywhere throws nothing", () => {
  const file = heif([item(1, "hvc1")], [auxiliary("x")], [reference("dimg", 1, 2, 3)]);
  for (let end = 0; end <= file.length; end++) readHeifFacts(file.subarray(0, end));
});
