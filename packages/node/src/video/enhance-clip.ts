import { type Enhancer, KindlingError, type VideoFrame, type VideoOptions } from "@kindling/core";
import { throwIfCancelled, toneMap } from "@kindling/core/internal";
import { type ClipFigures, ClipTally, type TallyState } from "./clip-tally.ts";
import { ClipWriter } from "./clip-writer.ts";
import { decodeFrames, isInterlaced } from "./decode-frames.ts";
import { encodeError, startFfmpeg } from "./ffmpeg-process.ts";
import { findFfmpeg } from "./find-ffmpeg.ts";
import { keepStreams } from "./kept-streams.ts";
import { fileUrl, probeVideo, type VideoFacts } from "./probe-video.ts";
import { colourOfVideo, type VideoColour } from "./video-colour.ts";
import { chooseCodec, muxerOfContainer, type VideoCodec, type VideoContainer } from "./video-format.ts";

/** Frames before the first new one of a resumed run that are lit again: after that time e^-5 of a light still counts. */
const warmUpSeconds = 3;

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
  /** Frames of an earlier run, which took this one no time. */
  readonly before: number;
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
  /** Where a killed run leaves its segments, and what they must have been made with; it begins anew if not given. */
  readonly resume?: { readonly folder: string; readonly key: string } | undefined;
  /** Told what a person should know while it runs. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/** What was made of a clip. */
export interface LitClip extends ClipFigures {
  readonly notes: readonly string[];
}

/**
 * Lights a video file: frames go from one ffmpeg through the enhancer to another, and never onto the disk. Sound, subtitles,
 * chapters, times, colour tags and metadata are those of the file.
 *
 * A clip of more than one segment is encoded in segments, which are joined at the end: a run that was killed goes on behind the
 * last one.
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
  const writer = await ClipWriter.open(
    {
      ...{ ffmpeg, source: input, path: work.partial, name: work.output, facts, colour, streams, container, codec },
      ...{ crf: work.crf, bits, stripGps: work.stripGps },
    },
    work.resume,
  );
  const tally = new ClipTally(writer.tally);
  const { frames: written } = tally.state;
  if (written > 0) work.onNotice?.(`an interrupted run goes on at frame ${written + 1}`);
  // The light of frames before the first new one counts for it: they are lit again, and not written.
  const skip = Math.max(0, written - Math.ceil(warmUpSeconds * (facts.framesPerSecond || 30)));
  const read: { readonly microseconds: number; readonly before: number }[] = [];
  const decoding = decodeFrames({
    ...{ ffmpeg, path: input, facts, colour, skip, signal },
    onNote: (note) => notes.add(note),
  });
  const frames = async function* (): AsyncGenerator<VideoFrame> {
    let index = skip;
    for await (const { picture, microseconds } of decoding) {
      const standard = colour.highRange ? toneMap(picture, colour.highRange) : picture;
      read.push({ microseconds, before: ClipTally.measure(index++, standard) });
      yield { picture: standard, seconds: microseconds / 1e6 };
    }
  };
  const shots = new ShotNumbers(tally.state.shots);
  let index = skip;
  try {
    for await (const frame of enhancer.video(frames(), { ...work.lighting, signal })) {
      throwIfCancelled(signal);
      const { microseconds, before } = read.shift() ?? { microseconds: 0, before: 0 };
      if (index++ < written) {
        shots.pass(frame.shot);
        continue;
      }
      await writer.write(frame.picture, microseconds, tally.state);
      const end = microseconds - writer.start + 1e6 / (facts.framesPerSecond || 30);
      tally.take({ ...frame, shot: shots.of(frame.shot) }, before, end);
      work.onProgress({ frames: tally.state.frames, total: facts.frames, before: written });
    }
    throwIfCancelled(signal);
    await writer.finish(tally.state);
  } catch (error) {
    const isPartKept = signal?.aborted && work.part !== undefined && tally.state.frames > written;
    if (isPartKept) await keepPart(writer, work, ffmpeg, tally.state);
    await writer.kill();
    // A full disk is the one failure after which the same command may go on.
    if (!(error instanceof KindlingError && error.code === "disk-full")) await writer.discard();
    throw error;
  }
  return { ...tally.sum(facts), notes: [...notes] };
}

/** Numbers of shots of a run that goes on: the first frames, which an earlier run wrote, are numbered from 0 again. */
class ShotNumbers {
  readonly #known: number;
  #passed: number | undefined;

  constructor(known: number) {
    this.#known = known;
  }

  pass(shot: number): void {
    this.#passed = shot;
  }

  of(shot: number): number {
    return this.#passed === undefined ? shot : this.#known - 1 + shot - this.#passed;
  }
}

/** Ends the file of a stopped run, and copies what it has up to its last frame: the sound would go on without a picture. */
async function keepPart(writer: ClipWriter, work: ClipWork, ffmpeg: string, tally: TallyState): Promise<void> {
  const { part, partial, container } = work;
  if (part === undefined) return;
  await writer.finish(tally);
  const program = startFfmpeg(ffmpeg, [
    ...["-y", "-nostdin", "-loglevel", "level+error", "-i", fileUrl(partial), "-map", "0", "-c", "copy"],
    ...["-t", tally.seconds.toFixed(6), "-f", muxerOfContainer[container], fileUrl(part)],
  ]);
  if (!(await program.ended)) throw encodeError(part, program.errors);
  work.onNotice?.(`stopped; what is done is in ${part}`);
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
