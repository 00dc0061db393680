import {
  type Enhancer,
  KindlingError,
  type LitFrame,
  meanLuminance,
  type Picture,
  type VideoFrame,
  type VideoOptions,
} from "@kindling/core";
import { throwIfCancelled, toneMap } from "@kindling/core/internal";
import { decodeFrames, isInterlaced } from "./decode-frames.ts";
import { FrameEncoder } from "./encode-frames.ts";
import { encodeError, startFfmpeg } from "./ffmpeg-process.ts";
import { findFfmpeg } from "./find-ffmpeg.ts";
import { keepStreams } from "./kept-streams.ts";
import { fileUrl, probeVideo, type VideoFacts } from "./probe-video.ts";
import { colourOfVideo, type VideoColour } from "./video-colour.ts";
import { chooseCodec, muxerOfContainer, type VideoCodec, type VideoContainer } from "./video-format.ts";

/** How a clip is written. */
export interface ClipOptions {
  /** H.264 for 8 bits, HEVC for 10, VP9 in WebM if not given. */
  readonly codec?: VideoCodec | undefined;
  /** Constant rate factor: 0 is the best, the codec's greatest the smallest file. */
  readonly crf?: number | undefined;
  /** The program ffmpeg, or its folder; on the PATH if not given. */
  readonly ffmpeg?: string | undefined;
}

/** How far a clip is. */
export interface ClipProgress {
  readonly frames: number;
  /** 0 where the file does not tell. */
  readonly total: number;
}

/** One clip, from file to file. */
export interface ClipWork extends ClipOptions {
  readonly input: string;
  /** The file that is written; its name need not tell a container. */
  readonly partial: string;
  /** Name of the result, for messages. */
  readonly output: string;
  readonly container: VideoContainer;
  readonly depth: 8 | 16 | "keep";
  readonly maxMegapixels: number;
  readonly stripGps: boolean;
  readonly lighting: Omit<VideoOptions, "signal">;
  readonly signal?: AbortSignal | undefined;
  /** Where a stopped run leaves the frames it has lit, with their sound; nowhere if not given. */
  readonly part?: string | undefined;
  readonly onProgress: (progress: ClipProgress) => void;
  /** Told where the part of a stopped run is. */
  readonly onPart?: ((path: string) => void) | undefined;
}

/** What was made of a clip. */
export interface LitClip {
  readonly frames: number;
  readonly shots: number;
  readonly megapixels: number;
  /** The geometric mean of the light of its frames. */
  readonly light: number;
  /** Mean luminance before and after, in linear light, 0 to 1, of every eighth frame. */
  readonly luminance: { readonly before: number; readonly after: number };
  readonly notes: readonly string[];
}

/** Frames between two whose luminance is measured. */
const measuredStep = 8;

/**
 * Lights a video file: frames go from one ffmpeg through the enhancer to another, and never onto the disk. Sound, subtitles,
 * chapters, times, colour tags and metadata are those of the file.
 *
 * @throws {KindlingError} what probing, decoding, enhancing and encoding throw; the file in work then stays as it is.
 */
export async function enhanceClip(enhancer: Enhancer, work: ClipWork): Promise<LitClip> {
  const { input, container, signal } = work;
  const { ffmpeg, ffprobe } = await findFfmpeg(work.ffmpeg);
  const facts = await probeVideo(ffprobe, input);
  requireMegapixels(input, facts, work.maxMegapixels);
  const colour = colourOfVideo(facts);
  const bits = work.depth === "keep" ? (facts.bits > 8 && !colour.highRange ? 10 : 8) : work.depth === 16 ? 10 : 8;
  const codec = chooseCodec(container, bits, work);
  const { streams, notes: streamNotes } = keepStreams(facts, container);
  const notes = new Set([...notesOf(facts, colour), ...streamNotes]);
  const tally = new Tally();
  const times: number[] = [];

  const decoding = decodeFrames({
    ...{ ffmpeg, path: input, facts, colour, signal },
    onNote: (note) => notes.add(note),
  });
  const frames = async function* (): AsyncGenerator<VideoFrame> {
    for await (const { picture, microseconds } of decoding) {
      times.push(microseconds);
      const standard = colour.highRange ? toneMap(picture, colour.highRange) : picture;
      tally.takeBefore(standard);
      yield { picture: standard, seconds: microseconds / 1e6 };
    }
  };
  let encoder: FrameEncoder | undefined;
  let start: number | undefined;
  try {
    for await (const frame of enhancer.video(frames(), { ...work.lighting, signal })) {
      throwIfCancelled(signal);
      const time = times.shift() ?? 0;
      start ??= time;
      encoder ??= new FrameEncoder(
        {
          ...{ ffmpeg, source: input, path: work.partial, name: work.output, facts, colour, streams, container, codec },
          ...{ crf: work.crf, bits, stripGps: work.stripGps },
        },
        time,
      );
      await encoder.write(frame.picture, time);
      tally.takeAfter(frame, time - start + 1e6 / (facts.framesPerSecond || 30));
      work.onProgress({ frames: tally.frames, total: facts.frames });
    }
    throwIfCancelled(signal);
    await encoder?.finish();
  } catch (error) {
    if (signal?.aborted && work.part !== undefined && encoder) await keepPart(encoder, work, ffmpeg, tally.seconds);
    await encoder?.kill();
    throw error;
  }
  return { ...tally.sum(facts), notes: [...notes] };
}

/** Ends the file of a stopped run, and copies what it has up to its last frame: the sound would go on without a picture. */
async function keepPart(encoder: FrameEncoder, work: ClipWork, ffmpeg: string, seconds: number): Promise<void> {
  const { part, partial, container } = work;
  if (part === undefined || seconds === 0) return;
  await encoder.finish();
  const program = startFfmpeg(ffmpeg, [
    ...["-y", "-nostdin", "-loglevel", "level+error", "-i", fileUrl(partial), "-map", "0", "-c", "copy"],
    ...["-t", seconds.toFixed(6), "-f", muxerOfContainer[container], fileUrl(part)],
  ]);
  if (!(await program.ended)) throw encodeError(part, program.errors);
  work.onPart?.(part);
}

function requireMegapixels(input: string, { width, height }: VideoFacts, most: number): void {
  if (width * height <= most * 1e6) return;
  throw new KindlingError(
    "too-large",
    `${input}: ${width} x ${height} pixels are more than ${most} megapixels. Raise --max-megapixels to process it.`,
  );
}

function notesOf({ main }: VideoFacts, { highRange }: VideoColour): string[] {
  const curve = highRange?.curve;
  return [
    ...(typeof curve === "string"
      ? [`brought from ${curve.toUpperCase()} (HDR) to standard range: highlights up to 1,000 cd/m2 are drawn together`]
      : []),
    ...(isInterlaced(main.field_order) ? ["its fields are joined to whole frames (deinterlaced)"] : []),
    ...(/^(yuva|rgba|bgra|argb|abgr|gbrap|ya)/.test(main.pix_fmt) ? ["its transparency is left out"] : []),
  ];
}

/** Figures of the frames. */
class Tally {
  frames = 0;
  /** From the first frame to the end of the last one written. */
  seconds = 0;
  #read = 0;
  #shots = 0;
  #logLight = 0;
  #before = 0;
  #after = 0;
  #measured = 0;

  takeBefore(picture: Picture): void {
    if (this.#read++ % measuredStep === 0) this.#before += meanLuminance(picture);
  }

  takeAfter({ picture, light, shot }: LitFrame, microseconds: number): void {
    this.seconds = microseconds / 1e6;
    if (this.frames++ % measuredStep === 0) {
      this.#after += meanLuminance(picture);
      this.#measured++;
    }
    this.#shots = shot + 1;
    this.#logLight += Math.log(light);
  }

  sum({ width, height }: VideoFacts): Omit<LitClip, "notes"> {
    const measured = Math.max(this.#measured, 1);
    return {
      frames: this.frames,
      shots: this.#shots,
      megapixels: (this.frames * width * height) / 1e6,
      light: Math.exp(this.#logLight / Math.max(this.frames, 1)),
      luminance: { before: this.#before / measured, after: this.#after / measured },
    };
  }
}
