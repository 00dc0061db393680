import { type ColourCoding, codingOfCicp } from "@kindling/core/internal";
import type { VideoFacts, VideoStream } from "./probe-video.ts";

/** The code points of H.273 by ffmpeg's names. */
const primariesCodes: Readonly<Record<string, number>> = {
  bt709: 1,
  bt470m: 4,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  film: 8,
  bt2020: 9,
  smpte431: 11,
  smpte432: 12,
};
const highRangeCodes: Readonly<Record<string, number>> = { smpte2084: 16, "arib-std-b67": 18 };

/** The matrices of YUV that ffmpeg's scaler knows, by the names of its tags. */
const matrices: Readonly<Record<string, string>> = {
  bt709: "bt709",
  fcc: "fcc",
  bt470bg: "bt470bg",
  smpte170m: "smpte170m",
  smpte240m: "smpte240m",
  bt2020nc: "bt2020",
  bt2020c: "bt2020",
};

/** How a video's colours are read and written. */
export interface VideoColour {
  /** Matrix and range by which the scaler turns YUV into RGB and back; none where the file holds RGB. */
  readonly matrix?: string;
  readonly range: "tv" | "pc";
  /** Colour of high dynamic range, which is brought to standard range. */
  readonly highRange?: ColourCoding;
  /** The tags of the result: those of the video, as far as it has any. */
  readonly tags: {
    readonly range?: string;
    readonly space?: string;
    readonly primaries?: string;
    readonly transfer?: string;
  };
}

/**
 * Decides on the colours of a video: the matrix and range that its tags name; without tags those that players assume, BT.709
 * from 720 rows on and BT.601 below. Tags that it lacks are not invented. Of PQ and HLG the curve becomes that of sRGB, by the
 * rule of photos.
 */
export function colourOfVideo({ main }: Pick<VideoFacts, "main">): VideoColour {
  const isRgb = /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|x2rgb|pal8)/.test(main.pix_fmt);
  const range = main.color_range === "pc" || /^yuvj/.test(main.pix_fmt) ? "pc" : "tv";
  const matrix = matrices[main.color_space ?? ""] ?? (main.height >= 720 ? "bt709" : "smpte170m");
  const highRange = highRangeOf(main);
  const transfer = highRange ? "iec61966-2-1" : known(main.color_transfer);
  const space = isRgb ? undefined : known(main.color_space);
  const primaries = known(main.color_primaries);
  return {
    ...(!isRgb && { matrix }),
    range: isRgb ? "tv" : range,
    ...(highRange && { highRange }),
    tags: {
      ...(known(main.color_range) && { range }),
      ...(space && { space }),
      ...(primaries && { primaries }),
      ...(transfer && { transfer }),
    },
  };
}

function highRangeOf({ color_primaries = "", color_transfer = "" }: VideoStream): ColourCoding | undefined {
  const code = highRangeCodes[color_transfer];
  return code === undefined ? undefined : codingOfCicp(primariesCodes[color_primaries] ?? 9, code);
}

function known(tag: string | undefined): string | undefined {
  return tag === undefined || tag === "unknown" || tag === "reserved" || tag === "gbr" ? undefined : tag;
}
