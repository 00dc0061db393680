import type { VideoFacts, VideoStream } from "./probe-video.ts";
import type { VideoContainer } from "./video-format.ts";

/** A stream that the result takes from the file beside the lit picture. */
export interface KeptStream {
  readonly index: number;
  /** Encoder of ffmpeg; `copy` leaves every byte as it is. */
  readonly codec: string;
}

/** What becomes of the streams of a video beside its picture. */
export interface KeptStreams {
  readonly streams: readonly KeptStream[];
  /** What is changed or left out, for the user to read. */
  readonly notes: readonly string[];
}

const heldSound: Readonly<Record<VideoContainer, RegExp>> = {
  mp4: /^(aac|mp3|mp2|ac3|eac3|alac|opus|flac|dts)$/,
  mov: /^(aac|mp3|ac3|alac|pcm_.*)$/,
  mkv: /./,
  webm: /^(opus|vorbis)$/,
};
const soundEncoder: Readonly<Record<VideoContainer, string>> = { mp4: "aac", mov: "aac", mkv: "copy", webm: "libopus" };

const heldSubtitles: Readonly<Record<VideoContainer, RegExp>> = {
  mp4: /^mov_text$/,
  mov: /^mov_text$/,
  mkv: /^(?!mov_text$)./,
  webm: /^webvtt$/,
};
const subtitleEncoder: Readonly<Record<VideoContainer, string>> = {
  mp4: "mov_text",
  mov: "mov_text",
  mkv: "subrip",
  webm: "webvtt",
};
const pictureSubtitles = /^(hdmv_pgs_subtitle|dvd_subtitle|dvb_subtitle|xsub)$/;

/**
 * Decides what becomes of sound, subtitles, covers and attachments: copied byte for byte where the container holds them,
 * converted where it holds another form, else left out and told.
 */
export function keepStreams({ main, streams }: VideoFacts, container: VideoContainer): KeptStreams {
  const kept: KeptStream[] = [];
  const notes: string[] = [];
  for (const stream of streams) {
    // The words of chapters, which are written anew, are a stream of MP4 and MOV.
    if (stream.index === main.index || stream.codec_name === "bin_data") continue;
    const codec = codecFor(stream, container);
    const kind = `${nameOf(stream)} (${stream.codec_name})`;
    if (codec === undefined) notes.push(`its ${kind} is left out: ${container} does not hold it`);
    else {
      kept.push({ index: stream.index, codec });
      if (codec !== "copy") notes.push(`its ${kind} is written as ${codec}, which ${container} holds`);
    }
  }
  return { streams: kept, notes };
}

function codecFor({ codec_type, codec_name, disposition }: VideoStream, container: VideoContainer): string | undefined {
  if (codec_type === "audio") return heldSound[container].test(codec_name) ? "copy" : soundEncoder[container];
  if (codec_type === "subtitle") {
    if (heldSubtitles[container].test(codec_name)) return "copy";
    return pictureSubtitles.test(codec_name) ? undefined : subtitleEncoder[container];
  }
  if (codec_type === "attachment") return container === "mkv" ? "copy" : undefined;
  if (codec_type !== "video") return undefined;
  // A cover is a still picture of the file, another video a second angle.
  return container === "webm" || (disposition["attached_pic"] === 1 && container === "mov") ? undefined : "copy";
}

function nameOf({ codec_type, disposition }: VideoStream): string {
  const names: Readonly<Record<string, string>> = {
    audio: "sound",
    subtitle: "subtitles",
    attachment: "attachment",
    video: disposition["attached_pic"] === 1 ? "cover" : "second video",
  };
  return names[codec_type] ?? `${codec_type} stream`;
}
