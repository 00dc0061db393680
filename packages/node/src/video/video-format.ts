import { extname } from "node:path";
import { KindlingError } from "@kindling/core";

/** Containers a video is written in. */
export const videoContainers = ["mp4", "mov", "mkv", "webm"] as const;

/** A container a video is written in. */
export type VideoContainer = (typeof videoContainers)[number];

/** Codecs a video is written in. */
export const videoCodecs = ["h264", "hevc", "av1", "vp9", "ffv1"] as const;

/** A codec a video is written in; `ffv1` is lossless. */
export type VideoCodec = (typeof videoCodecs)[number];

const containerOfEnding: Readonly<Record<string, VideoContainer>> = {
  ".mp4": "mp4",
  ".m4v": "mp4",
  ".mov": "mov",
  ".qt": "mov",
  ".mkv": "mkv",
  ".webm": "webm",
};

/** Endings of videos that are read and written as MKV, which holds whatever they do, or as MP4. */
const otherEndings: Readonly<Record<string, VideoContainer>> = {
  ...Object.fromEntries(
    [
      ...["avi", "mts", "m2ts", "m2t", "mpg", "mpeg", "m2v", "vob", "wmv", "asf", "flv", "f4v", "ogv", "ogm", "mxf"],
      ...["divx", "dv", "rm", "rmvb", "y4m", "nut"],
    ].map((ending) => [`.${ending}`, "mkv" as const]),
  ),
  ".3gp": "mp4",
  ".3g2": "mp4",
};

/** What ffmpeg calls a container. */
export const muxerOfContainer: Readonly<Record<VideoContainer, string>> = {
  mp4: "mp4",
  mov: "mov",
  mkv: "matroska",
  webm: "webm",
};

/** How a codec is written: its encoder, its constant rate factor and the range of that. */
export interface CodecFacts {
  readonly encoder: string;
  /** Default rate factor and the greatest one; none of a lossless codec. */
  readonly crf?: readonly [usual: number, greatest: number];
  readonly arguments: readonly string[];
  readonly containers: readonly VideoContainer[];
}

/** Defaults look like the frames at 100 %: grain that denoising left is not smeared. */
export const factsOfCodec: Readonly<Record<VideoCodec, CodecFacts>> = {
  h264: { encoder: "libx264", crf: [18, 51], arguments: [], containers: ["mp4", "mov", "mkv"] },
  hevc: {
    encoder: "libx265",
    crf: [20, 51],
    arguments: ["-x265-params", "log-level=error"],
    containers: ["mp4", "mov", "mkv"],
  },
  av1: { encoder: "libsvtav1", crf: [26, 63], arguments: ["-preset", "7"], containers: ["mp4", "mkv", "webm"] },
  vp9: {
    encoder: "libvpx-vp9",
    crf: [24, 63],
    arguments: ["-b:v", "0", "-row-mt", "1", "-cpu-used", "3"],
    containers: ["mp4", "mkv", "webm"],
  },
  ffv1: { encoder: "ffv1", arguments: ["-level", "3", "-slicecrc", "1"], containers: ["mkv"] },
};

/** Whether a file's name is that of a video. */
export function isVideoName(path: string): boolean {
  const ending = extname(path).toLowerCase();
  return ending in containerOfEnding || ending in otherEndings;
}

/** Whether work is on a video: by its name, or because its result is to be one, as of an animated GIF. */
export function isVideoWork({ input, output }: { readonly input: string; readonly output: string }): boolean {
  return isVideoName(input) || isVideoName(output);
}

/** The container that a path's ending names; undefined where none is written with that ending. */
export function containerOfPath(path: string): VideoContainer | undefined {
  return containerOfEnding[extname(path).toLowerCase()];
}

/** The ending of a video's result: its own, where that is written, or that of the container asked for. */
export function endingOfVideo(path: string, container?: VideoContainer): string {
  const ending = extname(path);
  const own = containerOfPath(path);
  if (own && (container === undefined || container === own)) return ending;
  return `.${container ?? otherEndings[ending.toLowerCase()] ?? "mkv"}`;
}

/**
 * Chooses the codec of a result: H.264 for 8 bits, HEVC for more, VP9 in WebM.
 *
 * @throws {KindlingError} `invalid-option` for a codec that the container does not hold, or a rate factor out of its range.
 */
export function chooseCodec(
  container: VideoContainer,
  bits: number,
  { codec, crf }: { readonly codec?: VideoCodec | undefined; readonly crf?: number | undefined },
): VideoCodec {
  const chosen = codec ?? (container === "webm" ? "vp9" : bits > 8 ? "hevc" : "h264");
  const { containers, crf: range } = factsOfCodec[chosen];
  if (!containers.includes(container)) {
    const held = videoCodecs.filter((name) => factsOfCodec[name].containers.includes(container));
    throw new KindlingError(
      "invalid-option",
      `--codec ${chosen}: ${container} does not hold it. Choose ${held.join(", ")}, or a result that ends in .${containers[0]}.`,
    );
  }
  if (crf !== undefined && (!range || crf > range[1])) {
    const expected = range ? `a number from 0 to ${range[1]}` : "none: it is lossless";
    throw new KindlingError("invalid-option", `--crf ${crf}: ${chosen} takes ${expected}.`);
  }
  return chosen;
}
