import { type PhotoFormat, photoFormats } from "@kindling/core";

/** The formats of the files made. One that is only read goes here by its own name, as in `PhotoFormat | "heic"`. */
export type SampleFormat = PhotoFormat;

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
};

const formats = Object.keys(most) as SampleFormat[];

/** Photos written as they are by default. */
export const ownRows: readonly FormatRow[] = formats.map((read) => ({ read, ...most[read] }));

/** Photos written in another format: those of the two formats that hold most. */
export const otherRows: readonly FormatRow[] = (["jpeg", "png"] as const).flatMap((read) =>
  photoFormats.filter((written) => written !== read).map((written) => ({ read, ...most[read], written })),
);
