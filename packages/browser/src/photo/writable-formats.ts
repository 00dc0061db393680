import type { PhotoFormat } from "@kindling/core";

/** Formats that photos are saved in from a browser, in the order to offer them; none writes TIFF. */
export const writableFormats = ["jpeg", "png", "webp", "avif"] as const satisfies readonly PhotoFormat[];

/** A format that photos are saved in from a browser. */
export type WritableFormat = (typeof writableFormats)[number];

/** Default quality, 1 to 100, at which loss is not visible side by side; the formats' scales differ. */
export const defaultQuality = { jpeg: 92, webp: 90, avif: 80 } as const satisfies Partial<
  Record<WritableFormat, number>
>;
