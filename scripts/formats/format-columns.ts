import { type FileFacts, tagOf } from "./read-facts.ts";

/** A photo before and after, as others read it, and what Kindling said. */
export interface Passage {
  readonly before: FileFacts;
  readonly after: FileFacts;
  readonly notes: readonly string[];
}

/** A column of the table of formats. */
export interface FormatColumn {
  readonly title: string;
  /** What became of it: kept, converted, or dropped and reported; `lost` is what must not happen. */
  readonly outcome: (passage: Passage) => string;
}

/** Kept where all these tags are the same, dropped where a note says so. */
function sameTags(title: string, told: RegExp, ...names: readonly (readonly string[])[]): FormatColumn {
  return {
    title,
    outcome: ({ before, after, notes }) => {
      const had = names.map((name) => tagOf(before, ...name));
      if (had.every((value) => value === undefined)) return "-";
      const has = names.map((name) => tagOf(after, ...name));
      if (had.every((value, i) => String(value) === String(has[i]))) return "kept";
      return notes.some((note) => told.test(note)) ? "dropped, reported" : "lost";
    },
  };
}

const author = ["PNG:Author", "XMP-dc:Creator"];
const copyright = ["PNG:Copyright", "XMP-dc:Rights"];

/** What a file of everything is asked for. */
export const fullColumns: readonly FormatColumn[] = [
  {
    title: "bits",
    outcome: ({ before, after, notes }) => {
      if (before.bits === after.bits) return `${after.bits}`;
      const isTold = notes.some((note) => note.includes("bits a sample"));
      return `${before.bits} to ${after.bits}, ${isTold ? "reported" : "lost"}`;
    },
  },
  {
    title: "transparency",
    outcome: ({ before, after, notes }) => {
      if (!before.hasAlpha) return "-";
      if (after.hasAlpha) return "kept";
      return notes.some((note) => note.includes("transparency")) ? "dropped, reported" : "lost";
    },
  },
  {
    title: "profile",
    outcome: ({ before, after }) => (!before.icc ? "-" : after.icc?.equals(before.icc) ? "kept" : "lost"),
  },
  sameTags("Exif", /Exif/, ["IFD0:Make"], ["IFD0:Model"], ["ExifIFD:ExposureTime"]),
  sameTags("XMP", /XMP/, ["XMP-xmp:Rating"], ["XMP-dc:Description"]),
  sameTags("IPTC", /IPTC/, ["IPTC:Caption-Abstract"]),
  {
    title: "orientation",
    outcome: ({ before, after }) => {
      const tags = ["IFD0:Orientation", "XMP-tiff:Orientation"];
      if (tagOf(before, ...tags) === undefined) return "-";
      const isReset = tags.every((name) => (after.tags[name] ?? 1) === 1);
      // HEIF and JPEG XL tell orientation by properties of their own; Exif's does not count there.
      const isTurned = before.width === after.height || ["AVIF", "JXL"].includes(String(before.tags["File:FileType"]));
      return isReset && isTurned ? "converted" : "lost";
    },
  },
  {
    title: "resolution",
    outcome: ({ before, after, notes }) => {
      const resolutionOf = (facts: FileFacts) => {
        const perMetre = tagOf(facts, "PNG-pHYs:PixelsPerUnitX", "File:PixelsPerMeterX");
        const own =
          perMetre === undefined ? tagOf(facts, "JFIF:XResolution", "IFD0:XResolution") : Number(perMetre) * 0.0254;
        return Math.round(Number(own));
      };
      if (resolutionOf(after) === resolutionOf(before)) return "kept";
      return notes.some((note) => note.includes("resolution")) ? "dropped, reported" : "lost";
    },
  },
  sameTags(
    "time stamps",
    /Exif|XMP/,
    ["ExifIFD:DateTimeOriginal"],
    ["ExifIFD:OffsetTimeOriginal"],
    ["XMP-xmp:CreateDate"],
  ),
  {
    title: "PNG texts",
    outcome: ({ before, after, notes }) => {
      if (tagOf(before, ...author) === undefined) return "-";
      const isSame = [author, copyright].every((names) => tagOf(after, ...names) === tagOf(before, ...names));
      if (isSame) return after.tags["PNG:Author"] === undefined ? "converted" : "kept";
      return notes.some((note) => note.includes("PNG texts")) ? "dropped, reported" : "lost";
    },
  },
];

/** Red of Display P3, sRGB and Adobe RGB under D50, by what tells it. */
const reds: Readonly<Record<string, number>> = {
  cICP: 0.51512,
  nclx: 0.51512,
  gAMA: 0.43604,
  "Exif R03": 0.60974,
  "sRGB beside Exif R03": 0.43604,
};

/** What a file with colour told without a profile is asked for. */
export function codedColumn(name: string): FormatColumn {
  return {
    title: "colour without a profile",
    outcome: ({ before, after, notes }) => {
      if (before.icc) throw new Error(`The sample for ${name} has a profile.`);
      const [red] = String(after.tags["ICC_Profile:RedMatrixColumn"]).split(" ").map(Number);
      if (Math.abs((red ?? 0) - (reds[name] ?? Number.NaN)) < 0.0005) return `${name}: converted`;
      return notes.some((note) => note.includes("colours are read as sRGB"))
        ? `${name}: dropped, reported`
        : `${name}: lost`;
    },
  };
}

/** What a motion photo with a gain map is asked for. */
export const motionColumns: readonly FormatColumn[] = [
  {
    title: "motion photo",
    outcome: ({ before, after, notes }) => {
      const offset = Number(after.tags["XMP-GCamera:MicroVideoOffset"] ?? 0);
      const isThere = after.end.equals(before.end);
      if (isThere && offset === after.end.length) return "kept";
      const isTold = notes.some((note) => note.includes("video"));
      return !isThere && offset === 0 && isTold ? "dropped, reported" : "lost";
    },
  },
  {
    title: "gain map",
    outcome: ({ before, after, notes }) => {
      if (before.tags["XMP-hdrgm:Version"] === undefined) throw new Error("The sample has no gain map.");
      const isGone = after.tags["XMP-hdrgm:Version"] === undefined;
      return isGone && notes.some((note) => note.includes("gain map")) ? "dropped, reported" : "lost";
    },
  },
];
