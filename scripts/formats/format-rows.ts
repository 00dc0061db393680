import type { PhotoFormat } from "@kindling/core";

/** A row of the table of formats: files of one format, written as the same or another one. */
export interface FormatRow {
  readonly read: PhotoFormat;
  readonly written: PhotoFormat;
  /** Bits a sample of the files made: the most that the format has in Kindling. */
  readonly depth: 8 | 16;
  readonly hasAlpha: boolean;
}

const most: Readonly<Record<PhotoFormat, Pick<FormatRow, "depth" | "hasAlpha">>> = {
  jpeg: { depth: 8, hasAlpha: false },
  png: { depth: 16, hasAlpha: true },
  webp: { depth: 8, hasAlpha: true },
  avif: { depth: 16, hasAlpha: true },
  tiff: { depth: 16, hasAlpha: true },
};

const rowOf = (read: PhotoFormat, written: PhotoFormat): FormatRow => ({ read, written, ...most[read] });

/** Photos written in the format they came in. */
export const ownRows: readonly FormatRow[] = (["jpeg", "png", "webp", "avif", "tiff"] as const).map((format) =>
  rowOf(format, format),
);

/** Photos written in another format: those of the two formats that hold most. */
export const otherRows: readonly FormatRow[] = (["jpeg", "png"] as const).flatMap((read) =>
  (["jpeg", "png", "webp", "avif", "tiff"] as const)
    .filter((written) => written !== read)
    .map((written) => rowOf(read, written)),
);
