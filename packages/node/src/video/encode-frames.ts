import { once } from "node:events";
import type { Picture } from "@kindling/core";
import { encodeError, type FfmpegProcess, startFfmpeg } from "./ffmpeg-process.ts";
import type { KeptStream } from "./kept-streams.ts";
import { beginFrame, beginFrames } from "./matroska-frames.ts";
import { fileUrl, type VideoFacts } from "./probe-video.ts";
import { bytesOfFrame, packPicture } from "./raw-frames.ts";
import type { VideoColour } from "./video-colour.ts";
import { factsOfCodec, muxerOfContainer, type VideoCodec, type VideoContainer } from "./video-format.ts";

/** What is written and how. */
export interface EncodeFramesOptions {
  readonly ffmpeg: string;
  /** The file whose sound, subtitles and metadata come along. */
  readonly source: string;
  /** The file that is written, whatever its ending. */
  readonly path: string;
  /** Name of the result, for messages. */
  readonly name: string;
  readonly facts: VideoFacts;
  readonly colour: VideoColour;
  readonly streams: readonly KeptStream[];
  readonly container: VideoContainer;
  readonly codec: VideoCodec;
  readonly crf?: number | undefined;
  /** Bits a sample: 8 or 10. */
  readonly bits: 8 | 10;
  /** Whether the place where it was taken is left out. */
  readonly stripGps: boolean;
}

/** Writes a video frame by frame; sound, subtitles, chapters and tags are taken from the source, unless it is a segment. */
export class FrameEncoder {
  readonly #program: FfmpegProcess;
  readonly #options: EncodeFramesOptions;
  readonly #offset: number;

  /**
   * @param first time of the first frame in microseconds: the container of the pipe has no times below 0.
   * @param isSegment whether only frames are written, from time 0 on, to be joined with others.
   */
  constructor(options: EncodeFramesOptions, first: number, isSegment = false) {
    this.#options = options;
    this.#offset = isSegment ? first : Math.min(first, 0);
    this.#program = startFfmpeg(options.ffmpeg, isSegment ? segmentWords(options) : clipWords(options, this.#offset));
    this.#program.child.stdin.write(beginFrames(options.facts.width, options.facts.height));
  }

  /**
   * Writes a frame; resolves when ffmpeg takes more.
   *
   * @throws {KindlingError} `disk-full`, `unsupported` or `unwritable`, with ffmpeg's reason.
   */
  async write(picture: Picture, microseconds: number): Promise<void> {
    const { stdin } = this.#program.child;
    const bytes = packPicture(picture);
    stdin.write(beginFrame(microseconds - this.#offset, bytesOfFrame(picture.width, picture.height)));
    const isTaken = stdin.write(bytes);
    if (isTaken) return;
    const isOver = await Promise.race([
      once(stdin, "drain").then(
        () => false,
        () => true,
      ),
      this.#program.ended.then(() => true),
    ]);
    if (isOver) await this.#fail();
  }

  /** Ends the file. @throws {KindlingError} as `write`. */
  async finish(): Promise<void> {
    this.#program.child.stdin.end();
    if (!(await this.#program.ended)) await this.#fail();
  }

  /** Ends ffmpeg at once; what it wrote stays. */
  async kill(): Promise<void> {
    this.#program.kill();
    await this.#program.ended;
  }

  async #fail(): Promise<never> {
    await this.#program.ended;
    throw encodeError(this.#options.name, this.#program.errors);
  }
}

/** Joins segments to a clip without encoding them again. @throws {KindlingError} as `FrameEncoder.write`. */
export async function joinSegments(options: EncodeFramesOptions, list: string, first: number): Promise<void> {
  const program = startFfmpeg(options.ffmpeg, [
    ...["-y", "-nostdin", "-loglevel", "level+warning", "-copyts", "-itsoffset", (first / 1e6).toFixed(6)],
    // Parameters that a segment repeats are as good as those of its head.
    ...["-f", "concat", "-safe", "0", "-protocol_whitelist", "file,pipe", "-i", fileUrl(list)],
    ...["-i", fileUrl(options.source), "-map", "0:v:0", ...besideWords(options), "-c:v:0", "copy"],
    ...containerWords(options),
  ]);
  if (!(await program.ended)) throw encodeError(options.name, program.errors);
}

function clipWords(options: EncodeFramesOptions, offset: number): string[] {
  return [
    ...["-y", "-loglevel", "level+warning", "-copyts"],
    ...(offset < 0 ? ["-itsoffset", (offset / 1e6).toFixed(6)] : []),
    ...["-f", "matroska", "-i", "pipe:0", "-i", fileUrl(options.source), "-map", "0:v:0"],
    ...besideWords(options),
    ...codecWords(options),
    ...containerWords(options),
  ];
}

/** MP4 holds times as exactly as the result does, and MKV as that does. */
function segmentWords(options: EncodeFramesOptions): string[] {
  const muxer = isIso(options.container) ? "mp4" : "matroska";
  return [
    ...["-y", "-loglevel", "level+warning", "-copyts", "-f", "matroska", "-i", "pipe:0", "-map", "0:v:0"],
    ...codecWords(options),
    ...timeScale(options),
    ...["-f", muxer, fileUrl(options.path)],
  ];
}

/** What comes along with the frames: streams, chapters and tags of the source. */
function besideWords(options: EncodeFramesOptions): string[] {
  const { facts, streams } = options;
  return [
    ...streams.flatMap(({ index }) => ["-map", `1:${index}`]),
    ...["-map_metadata:g", "1:g", "-map_chapters", "1", "-map_metadata:s:0", `1:s:${facts.main.index}`],
    ...streams.flatMap(({ index }, i) => [`-map_metadata:s:${i + 1}`, `1:s:${index}`]),
    // What the file says of its old codec would be wrong, and the picture is upright.
    ...["-metadata:s:0", "encoder=", "-metadata:s:0", "rotate="],
    ...(options.stripGps ? placeTags(facts).flatMap((tag) => ["-metadata:g", `${tag}=`]) : []),
    ...streams.flatMap(({ codec: kept }, i) => [`-c:${i + 1}`, kept]),
  ];
}

function codecWords(options: EncodeFramesOptions): string[] {
  const { facts, colour, codec, crf } = options;
  const { encoder, crf: range, arguments: more } = factsOfCodec[codec];
  const timeBase = facts.main.time_base.replace("/", ":");
  return [
    ...["-vf", filtersOf(options), "-c:v:0", encoder, ...more],
    ...(range ? ["-crf", `${crf ?? range[0]}`] : []),
    ...colourWords(colour),
    ...["-fps_mode", "passthrough", "-enc_time_base:v:0", timeBase],
  ];
}

function containerWords(options: EncodeFramesOptions): string[] {
  const { path, facts, container, codec } = options;
  return [
    ...(codec === "hevc" && container !== "mkv" ? ["-tag:v:0", "hvc1"] : []),
    ...["-max_muxing_queue_size", "4096"],
    ...(isMatroska(container) && hasOpusAlone(options) ? ["-avoid_negative_ts", "disabled"] : []),
    ...timeScale(options),
    ...(isIso(container) ? ["-movflags", movFlags(facts)] : []),
    ...["-f", muxerOfContainer[container], fileUrl(path)],
  ];
}

function timeScale({ facts, container }: EncodeFramesOptions): string[] {
  const [, ticks = "90000"] = facts.main.time_base.split("/");
  return isIso(container) ? ["-video_track_timescale", ticks] : [];
}

/** Opus begins below 0 by its own delay, which Matroska adds again: its muxer need not move all times for that. */
function hasOpusAlone({ facts, streams }: EncodeFramesOptions): boolean {
  return streams.every(({ index, codec }) => {
    const stream = facts.streams.find((other) => other.index === index);
    return stream?.codec_type !== "audio" || (stream.codec_name === "opus" && codec === "copy");
  });
}

function isMatroska(container: VideoContainer): boolean {
  return container === "mkv" || container === "webm";
}

function isIso(container: VideoContainer): boolean {
  return container === "mp4" || container === "mov";
}

/** Tags of Apple's cameras, whose names have dots, are kept only in a list of their own. */
function movFlags({ tags }: VideoFacts): string {
  return Object.keys(tags).some((tag) => tag.includes(".")) ? "+faststart+use_metadata_tags" : "+faststart";
}

function placeTags({ tags }: VideoFacts): string[] {
  return Object.keys(tags).filter((tag) => /location|gps|geo/i.test(tag));
}

function filtersOf({ facts, colour, codec, bits }: EncodeFramesOptions): string {
  const { range, space, primaries, transfer } = colour.tags;
  const tags = [
    `range=${range ?? colour.range}`,
    ...(space ? [`colorspace=${space}`] : []),
    ...(primaries ? [`color_primaries=${primaries}`] : []),
    ...(transfer ? [`color_trc=${transfer}`] : []),
  ];
  const matrix = colour.matrix ?? "bt709";
  return [
    `scale=out_color_matrix=${matrix}:out_range=${colour.range}:flags=bicubic+accurate_rnd+full_chroma_int`,
    `format=${pixelFormat(facts, codec, bits)}`,
    `setsar=${facts.pixelAspect.replace(":", "/")}`,
    `setparams=${tags.join(":")}`,
  ].join(",");
}

function colourWords({ range: usual, tags }: VideoColour): string[] {
  return [
    ...["-color_range:v:0", tags.range ?? usual],
    ...(tags.space ? ["-colorspace:v:0", tags.space] : []),
    ...(tags.primaries ? ["-color_primaries:v:0", tags.primaries] : []),
    ...(tags.transfer ? ["-color_trc:v:0", tags.transfer] : []),
  ];
}

/** The colour resolution of the file, as far as the codec has it; odd sizes have it in full. */
function pixelFormat({ main, width, height }: VideoFacts, codec: VideoCodec, bits: 8 | 10): string {
  const isOdd = width % 2 === 1 || height % 2 === 1;
  const own = /(?:444|440|gbr|rgb|bgr)/.test(main.pix_fmt) ? "444" : /422|yuyv|uyvy/.test(main.pix_fmt) ? "422" : "420";
  const wanted = codec === "av1" ? "420" : isOdd && codec !== "vp9" && codec !== "ffv1" ? "444" : own;
  return `yuv${wanted}p${bits === 10 ? "10le" : ""}`;
}
