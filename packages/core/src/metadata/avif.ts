import { asciiBytes, concatBytes, hasAscii, viewOf } from "./byte-list.ts";
import { codingOfCicp } from "./colour-coding.ts";
import { fitMetadata } from "./fit-metadata.ts";
import { bigEndian, type IsoBox, isoBox, isoBoxes } from "./iso-boxes.ts";
import { type EmbeddedFile, type FileMetadata, gainMapNote, type PhotoMetadata } from "./photo-metadata.ts";

const xmpType = "application/rdf+xml";

/** An item of the file: the picture, its alpha, its Exif. */
interface Item {
  readonly id: number;
  readonly at: number;
  readonly length: number;
  /** Whether it stands in one piece outside the header; what is not cannot be read or moved here. */
  readonly isWhole: boolean;
}

/**
 * Puts metadata into an encoded still AVIF that has none: Exif and XMP as items that describe the picture, the colour
 * profile as a property of it. AVIF has no place for IPTC: what it cannot hold is named as left out.
 *
 * A file laid out in a way that encoders do not use (items in several pieces, or inside the header) comes back as it
 * is, with everything left out. Sources: ISO 23008-12 (items, Exif, XMP), ISO 14496-12, AV1 Image File Format 1.1.
 */
export function embedInAvif(bytes: Uint8Array, given: PhotoMetadata): EmbeddedFile {
  const { metadata, leftOut } = fitMetadata("avif", given);
  const { exif, icc, xmp } = metadata;
  const added = [
    ...(exif ? [{ type: "Exif", name: new Uint8Array(1), data: concatBytes(new Uint8Array(4), exif) }] : []),
    ...(xmp ? [{ type: "mime", name: asciiBytes(`\0${xmpType}\0`), data: xmp }] : []),
  ];
  if (added.length === 0 && !icc) return { bytes, leftOut };

  const boxes = isoBoxes(bytes);
  const meta = boxes.find(({ type }) => type === "meta");
  const inner = meta ? isoBoxes(meta.body.subarray(4)) : [];
  const bodyOf = (type: string) => inner.find((box) => box.type === type)?.body;
  const [pitm, iloc, iinf, iprp] = [bodyOf("pitm"), bodyOf("iloc"), bodyOf("iinf"), bodyOf("iprp")];
  const items = iloc && itemsOf(iloc);
  if (
    items?.some(({ isWhole }) => !isWhole) ||
    !meta ||
    !pitm ||
    !items ||
    !iinf ||
    iinf[0] !== 0 ||
    !iprp ||
    pitm[0] !== 0
  ) {
    const parts = (["exif", "icc", "xmp"] as const).filter((part) => metadata[part]);
    return { bytes, leftOut: [...parts, ...leftOut] };
  }

  const primary = viewOf(pitm).getUint16(4);
  const firstId = Math.max(...items.map(({ id }) => id)) + 1;
  const properties = icc ? withProfile(iprp, icc, primary) : iprp;
  const references = added.map((_, i) => isoBox("cdsc", bigEndian([2, firstId + i], [2, 1], [2, primary])));

  // The place of every item moves by what the header grows, which the places do not change: they have a fixed size.
  const headerWith = (places: readonly Item[]) => {
    const kept = inner.filter(({ type }) => !["iloc", "iinf", "iprp", "iref"].includes(type));
    return isoBox(
      "meta",
      meta.body.subarray(0, 4),
      ...kept.map(({ type, body }) => isoBox(type, body)),
      isoBox("iloc", itemPlaces(places)),
      isoBox("iinf", itemInfos(iinf, added, firstId)),
      isoBox("iref", bodyOf("iref") ?? new Uint8Array(4), ...references),
      isoBox("iprp", properties),
    );
  };
  const drafts = added.map(({ data }, i) => ({ id: firstId + i, at: 0, length: data.length, isWhole: true }));
  const metaSize = meta.body.length + 8;
  const growth = headerWith([...items, ...drafts]).length - metaSize;
  const headerEnd = meta.bodyAt + meta.body.length;
  let dataAt = bytes.length + growth + 8;
  const moved = items.map((item) => ({ ...item, at: item.at + (item.at >= headerEnd ? growth : 0) }));
  const placed = drafts.map((item) => {
    const at = dataAt;
    dataAt += item.length;
    return { ...item, at };
  });
  return {
    bytes: concatBytes(
      bytes.subarray(0, meta.bodyAt - 8),
      headerWith([...moved, ...placed]),
      bytes.subarray(headerEnd),
      ...(added.length > 0 ? [isoBox("mdat", ...added.map(({ data }) => data))] : []),
    ),
    leftOut,
  };
}

/**
 * The metadata an AVIF or HEIC carries, with the colours that nclx tells where there is no profile; what is damaged or not
 * there is left out.
 */
export function metadataOfAvif(bytes: Uint8Array): FileMetadata {
  const meta = isoBoxes(bytes).find(({ type }) => type === "meta");
  const inner = meta ? isoBoxes(meta.body.subarray(4)) : [];
  const bodyOf = (type: string) => inner.find((box) => box.type === type)?.body;
  const [iloc, iinf, iprp, pitm] = [bodyOf("iloc"), bodyOf("iinf"), bodyOf("iprp"), bodyOf("pitm")];
  const items = (iloc && itemsOf(iloc)) ?? [];
  const dataOf = (id: number | undefined) => {
    const item = items.find((candidate) => candidate.id === id && candidate.isWhole);
    return item && item.at + item.length <= bytes.length ? bytes.slice(item.at, item.at + item.length) : undefined;
  };
  const infos = iinf && iinf.length >= 6 ? isoBoxes(iinf.subarray(iinf[0] === 0 ? 6 : 8)) : [];
  const idOf = (type: string) => {
    const info = infos.find(({ body }) => body[0] === 2 && hasAscii(body, 8, type));
    return info && viewOf(info.body).getUint16(4);
  };
  const exifItem = dataOf(idOf("Exif"));
  // The first four bytes are the distance from their end to the TIFF header.
  const exif = exifItem && exifItem.length > 4 ? exifItem.slice(4 + viewOf(exifItem).getUint32(0)) : undefined;
  const xmp = dataOf(idOf("mime"));
  const primary = pitm && pitm.length >= 6 && pitm[0] === 0 ? viewOf(pitm).getUint16(4) : undefined;
  const colours = iprp ? coloursOf(iprp, primary) : [];
  const icc = colours.find((body) => hasAscii(body, 0, "prof") || hasAscii(body, 0, "rICC"))?.slice(4);
  const nclx = colours.find((body) => hasAscii(body, 0, "nclx") && body.length >= 8);
  const coding = nclx && codingOfCicp(viewOf(nclx).getUint16(4), viewOf(nclx).getUint16(6));
  const notes = idOf("tmap") === undefined ? undefined : [gainMapNote];
  return {
    ...(exif && { exif }),
    ...(icc && { icc }),
    ...(coding && !icc && { coding }),
    ...(xmp && { xmp }),
    ...(notes && { notes }),
  };
}

/** Bodies of the `colr` properties of an item; of all items where its own are not told. */
function coloursOf(iprp: Uint8Array, item: number | undefined): Uint8Array[] {
  const boxes = isoBoxes(iprp);
  const properties = boxes.flatMap(({ type, body }) => (type === "ipco" ? isoBoxes(body) : []));
  const own = boxes.flatMap(({ type, body }) => (type === "ipma" ? associatedWith(body, item) : []));
  const colours = (list: readonly (IsoBox | undefined)[]) =>
    list.flatMap((box) => (box?.type === "colr" ? [box.body] : []));
  const associated = colours(own.map((index) => properties[index - 1]));
  return associated.length > 0 ? associated : colours(properties);
}

/** Indices of the properties of an item, from 1 on. */
function associatedWith(ipma: Uint8Array, item: number | undefined): number[] {
  if (ipma.length < 8) return [];
  const view = viewOf(ipma);
  const idBytes = ipma[0] === 0 ? 2 : 4;
  const indexBytes = ((ipma[3] ?? 0) & 1) === 1 ? 2 : 1;
  let at = 8;
  for (let i = 0; i < view.getUint32(4) && at + idBytes < ipma.length; i++) {
    const id = idBytes === 2 ? view.getUint16(at) : view.getUint32(at);
    const count = ipma[at + idBytes] ?? 0;
    const first = at + idBytes + 1;
    at = first + count * indexBytes;
    if (id !== item || at > ipma.length) continue;
    // The first bit says that the property is essential.
    return Array.from({ length: count }, (_, n) =>
      indexBytes === 2 ? view.getUint16(first + 2 * n) & 0x7fff : (ipma[first + n] ?? 0) & 0x7f,
    );
  }
  return [];
}

/** Where the items stand; nothing where the table is of a kind that encoders of photos do not write. */
function itemsOf(iloc: Uint8Array): Item[] | undefined {
  const view = viewOf(iloc);
  if (iloc.length < 8) return undefined;
  const version = iloc[0] ?? 0;
  const [offsetSize, lengthSize, baseSize, indexSize] = [iloc[4]! >> 4, iloc[4]! & 15, iloc[5]! >> 4, iloc[5]! & 15];
  if (version > 1 || ![0, 4].includes(baseSize) || offsetSize !== 4 || lengthSize !== 4 || indexSize !== 0) {
    return undefined;
  }
  const count = view.getUint16(6);
  const items: Item[] = [];
  for (let i = 0, at = 8; i < count; i++) {
    const rest = at + 2 + (version === 1 ? 2 : 0);
    const extents = rest + 2 + baseSize;
    if (extents + 10 > iloc.length) return undefined;
    const isInHeader = version === 1 && (view.getUint16(at + 2) & 15) !== 0;
    const base = baseSize === 4 ? view.getUint32(rest + 2) : 0;
    const pieces = view.getUint16(extents);
    const [offset, length] = [view.getUint32(extents + 2), view.getUint32(extents + 6)];
    items.push({ id: view.getUint16(at), at: base + offset, length, isWhole: !isInHeader && pieces === 1 });
    at = extents + 2 + 8 * pieces;
  }
  return items;
}

function itemPlaces(items: readonly Item[]): Uint8Array {
  const head = bigEndian([4, 0], [1, 0x44], [1, 0], [2, items.length]);
  return concatBytes(
    head,
    ...items.map(({ id, at, length }) => bigEndian([2, id], [2, 0], [2, 1], [4, at], [4, length])),
  );
}

function itemInfos(
  iinf: Uint8Array,
  added: readonly { type: string; name: Uint8Array }[],
  firstId: number,
): Uint8Array {
  const count = viewOf(iinf).getUint16(4) + added.length;
  const entries = added.map(({ type, name }, i) =>
    isoBox("infe", bigEndian([4, 0x02000000], [2, firstId + i], [2, 0]), asciiBytes(type), name),
  );
  return concatBytes(iinf.subarray(0, 4), bigEndian([2, count]), iinf.subarray(6), ...entries);
}

/** The item properties with a profile more, which is the picture's. */
function withProfile(iprp: Uint8Array, icc: Uint8Array, primary: number): Uint8Array {
  const boxes = isoBoxes(iprp);
  const known = boxes.find(({ type }) => type === "ipco");
  const index = known ? isoBoxes(known.body).length + 1 : 1;
  return concatBytes(
    ...boxes.map(({ type, body }) => {
      if (type === "ipco") return isoBox(type, body, isoBox("colr", asciiBytes("prof"), icc));
      return isoBox(type, type === "ipma" ? withAssociation({ type, body, bodyAt: 0 }, primary, index) : body);
    }),
  );
}

/** Version 0 with indices of one byte is what encoders write for files of a few items; others stay as they are. */
function withAssociation({ body }: IsoBox, primary: number, index: number): Uint8Array {
  const view = viewOf(body);
  if (body[0] !== 0 || ((body[3] ?? 0) & 1) === 1) return body;
  for (let i = 0, at = 8; i < view.getUint32(4); i++, at += 3 + (body[at + 2] ?? 0)) {
    if (view.getUint16(at) !== primary) continue;
    const count = body[at + 2] ?? 0;
    return concatBytes(
      body.subarray(0, at + 2),
      Uint8Array.of(count + 1),
      body.subarray(at + 3, at + 3 + count),
      Uint8Array.of(index),
      body.subarray(at + 3 + count),
    );
  }
  return body;
}
