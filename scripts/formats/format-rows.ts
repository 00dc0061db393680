import { type PhotoFormat, photoFormats, type SourceFormat } from "@kindling/core";

/** The formats of the files made. */
export type SampleFormat = PhotoFormat | SourceFormat;

/** A row of the table of formats: files of one format, written as the same or another one. */
export interface FormatRow {
  readonly read: SampleFormat;
  readonly written: PhotoFormat;
  /** Bits a sample of the files made: the most that the format has in Kindling. */
  readonly depth: 8 | 16;
  readonly hasAlpha: boolean;
}

/** What each format holds at most, and the format that its photos are written in by default. */
const most: Readonly<Record<SampleFormat, Omit<FormatRow, "read">>> = {
  jpeg: { depth: 8, hasAlpha: false, written: "jpeg" },
  png: { depth: 16, hasAlpha: true, written: "png" },
  webp: { depth: 8, hasAlpha: true, written: "webp" },
  avif: { depth: 16, hasAlpha: true, written: "avif" },
  tiff: { depth: 16, hasAlpha: true, written: "tiff" },
  heic: { depth: 8, hasAlpha: true, written: "jpeg" },
  raw: { depth: 16, hasAlpha: false, written: "jpeg" },
  jxl: { depth: 8, hasAlpha: false, written: "jpeg" },
  bmp: { depth: 8, hasAlpha: true, written: "png" },
};

const rowOf = (read: SampleFormat): FormatRow => ({ read, ...most[read] });

/** Photos written as they are by default. */
export const ownRows: readonly FormatRow[] = photoFormats.map(rowOf);

/** Photos written in another format: those of the two formats that hold most. */
export const otherRows: readonly FormatRow[] = (["jpeg", "png"] as const).flatMap((read) =>
  photoFormats.filter((written) => written !== read).map((written) => ({ read, ...most[read], written })),
);

/** Photos of formats that are only read: as they are written by default, and a raw with its 16 bits. */
export const sourceRows: readonly FormatRow[] = [
  rowOf("heic"),
  rowOf("raw"),
  { ...rowOf("raw"), written: "tiff" },
  rowOf("jxl"),
  rowOf("bmp"),
];
