import { viewOf } from "../metadata/byte-list.ts";
import { isoBoxes } from "../metadata/iso-boxes.ts";

/** What the boxes of a HEIF file say beside its pixels. */
export interface HeifFacts {
  /** Most bits a sample of its pictures has; 8 where the file states none. */
  readonly depth: number;
  /** What stands beside the main picture and is left out, for the user to read. */
  readonly notes: readonly string[];
}

/** Types of auxiliary pictures and what they are called. Sources: ISO 23008-2, ISO 23008-12, Apple. */
const auxiliaryKinds = [
  { type: /hdrgainmap/i, kind: "HDR gain map" },
  { type: /auxid:2$|:depth|disparity/i, kind: "depth map" },
  { type: /matte/i, kind: "matte" },
];

/** Items that show a picture by themselves. */
const pictureTypes = new Set(["hvc1", "av01", "avc1", "grid", "iden", "iovl"]);

/** Reads the boxes of a HEIF file; what is damaged or not there is left out. Source: ISO 23008-12. */
export function readHeifFacts(bytes: Uint8Array): HeifFacts {
  const top = isoBoxes(bytes);
  const meta = top.find(({ type }) => type === "meta");
  const inner = meta ? isoBoxes(meta.body.subarray(4)) : [];
  const boxesIn = (type: string) => inner.filter((box) => box.type === type).flatMap(({ body }) => isoBoxes(body));
  const properties = boxesIn("iprp").flatMap(({ type, body }) => (type === "ipco" ? isoBoxes(body) : []));
  const depths = properties.flatMap(({ type, body }) =>
    type === "hvcC" && body.length > 17 ? [8 + (body[17]! & 7)] : [],
  );
  const kinds = properties.flatMap(({ type, body }) => {
    const urn = type === "auxC" ? (new TextDecoder().decode(body.subarray(4)).split("\0")[0] ?? "") : "";
    return auxiliaryKinds.filter((known) => known.type.test(urn)).map(({ kind }) => kind);
  });
  const pictures = countPictures(inner.find(({ type }) => type === "iinf")?.body, referencesOf(inner));
  return {
    depth: Math.max(8, ...depths),
    notes: [
      ...new Set(kinds.map((kind) => `its ${kind} is left out`)),
      ...(pictures > 1 ? [`only the main one of its ${pictures} pictures is used`] : []),
      ...(top.some(({ type }) => type === "mpvd" || type === "moov") ? ["its film is left out"] : []),
    ],
  };
}

/** Items that belong to another: tiles of a grid, thumbnails, auxiliary pictures. */
function referencesOf(inner: readonly { type: string; body: Uint8Array }[]): Set<number> {
  const belonging = new Set<number>();
  const iref = inner.find(({ type }) => type === "iref")?.body;
  if (!iref || iref.length < 4) return belonging;
  const idBytes = iref[0] === 0 ? 2 : 4;
  for (const { type, body } of isoBoxes(iref.subarray(4))) {
    const view = viewOf(body);
    const idAt = (at: number) => (idBytes === 2 ? view.getUint16(at) : view.getUint32(at));
    if (body.length < idBytes + 2) continue;
    const count = view.getUint16(idBytes);
    if (type === "thmb" || type === "auxl") belonging.add(idAt(0));
    if (type !== "dimg") continue;
    for (let i = 0, at = idBytes + 2; i < count && at + idBytes <= body.length; i++, at += idBytes)
      belonging.add(idAt(at));
  }
  return belonging;
}

function countPictures(iinf: Uint8Array | undefined, belonging: ReadonlySet<number>): number {
  if (!iinf || iinf.length < 8) return 0;
  let pictures = 0;
  for (const { type, body } of isoBoxes(iinf.subarray(iinf[0] === 0 ? 6 : 8))) {
    const version = body[0] ?? 0;
    if (type !== "infe" || version < 2 || body.length < 12) continue;
    const idBytes = version === 2 ? 2 : 4;
    const id = idBytes === 2 ? viewOf(body).getUint16(4) : viewOf(body).getUint32(4);
    const kind = String.fromCharCode(...body.subarray(4 + idBytes + 2, 4 + idBytes + 6));
    // The last bit of the flags marks what is not to be shown.
    const isHidden = ((body[3] ?? 0) & 1) === 1;
    if (pictureTypes.has(kind) && !isHidden && !belonging.has(id)) pictures++;
  }
  return pictures;
}
