import type { Picture } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { decodeError, startFfmpeg } from "./ffmpeg-process.ts";
import { fileUrl, quotient, type VideoFacts } from "./probe-video.ts";
import { bytesOfFrame, unpackFrame } from "./raw-frames.ts";
import type { VideoColour } from "./video-colour.ts";

/** A decoded frame, upright. */
export interface DecodedFrame {
  readonly picture: Picture;
  /** Its time in the file. */
  readonly microseconds: number;
}

/** What is read and how. */
export interface DecodeFramesOptions {
  readonly ffmpeg: string;
  readonly path: string;
  readonly facts: VideoFacts;
  readonly colour: VideoColour;
  /** Frames at the beginning that are not wanted; none if not given. */
  readonly skip?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives what a person should know of the file. */
  readonly onNote: (note: string) => void;
}

/**
 * Decodes the frames of a video one after the other, each when it is asked for: ffmpeg waits while the pipe is full. Frames
 * come upright, deinterlaced, as RGB of 16 bits, with their own times; none is repeated or left out.
 *
 * @throws {KindlingError} `damaged`, with ffmpeg's reason; `cancelled`.
 */
export async function* decodeFrames({
  ffmpeg,
  path,
  facts,
  colour,
  skip = 0,
  signal,
  onNote,
}: DecodeFramesOptions): AsyncGenerator<DecodedFrame, void, undefined> {
  const times = new FrameTimes(1e6 / (facts.framesPerSecond || 30));
  const program = startFfmpeg(ffmpeg, wordsOf(path, facts, colour, skip), (line) => times.read(line));
  void program.ended.then(() => times.end());
  const stop = () => program.kill();
  signal?.addEventListener("abort", stop, { once: true });
  const { width, height } = facts;
  const size = bytesOfFrame(width, height);
  try {
    let [frame, filled, count] = [Buffer.alloc(size), 0, 0];
    for await (const chunk of program.child.stdout as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        const copied = chunk.copy(frame, filled, at, Math.min(chunk.length, at + size - filled));
        at += copied;
        filled += copied;
        if (filled < size) continue;
        throwIfCancelled(signal);
        yield { picture: unpackFrame(frame, width, height), microseconds: await times.of(count) };
        [frame, filled, count] = [Buffer.alloc(size), 0, count + 1];
      }
    }
    throwIfCancelled(signal);
    const isWhole = await program.ended;
    throwIfCancelled(signal);
    if (count === 0 || !isWhole) throw decodeError(path, program.errors);
    if (program.errorCount() > 0) {
      onNote(`parts of it are damaged and look so (${program.errorCount()} errors: ${program.errors.at(-1)})`);
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    program.kill();
  }
}

function wordsOf(
  path: string,
  { main, width, height }: VideoFacts,
  { matrix, range }: VideoColour,
  skip: number,
): string[] {
  const reading = matrix ? `:in_color_matrix=${matrix}:in_range=${range}` : "";
  const filters = [
    ...(isInterlaced(main.field_order) ? ["bwdif=mode=send_frame"] : []),
    // Counted, because places in time are not exact in every container.
    ...(skip > 0 ? [`select=gte(n\\,${skip})`] : []),
    // The size is told, because a stream may change its own.
    `scale=${width}:${height}${reading}:out_range=pc:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp`,
    "format=rgb48le",
    "showinfo=checksum=0",
  ];
  return [
    ...["-nostdin", "-loglevel", "level+info", "-copyts", "-i", fileUrl(path)],
    ...["-map", `0:${main.index}`, "-vf", filters.join(",")],
    // The rate of the file would round times that are finer than it, and ffmpeg call them faults.
    ...["-fps_mode", "passthrough", "-enc_time_base", "-1"],
    ...["-f", "rawvideo", "-pix_fmt", "rgb48le", "pipe:1"],
  ];
}

/** Whether frames are made of two fields. */
export function isInterlaced(fieldOrder: string): boolean {
  return /^(tt|bb|tb|bt)$/.test(fieldOrder);
}

/** The times of frames, which ffmpeg tells in its log before it writes them. */
class FrameTimes {
  readonly #usualStep: number;
  readonly #times: number[] = [];
  #tick = 1;
  #wake: (() => void) | undefined;
  #isEnded = false;

  constructor(usualStep: number) {
    this.#usualStep = usualStep;
  }

  read(line: string): void {
    const tick = /config in time_base: (\d+\/\d+)/.exec(line)?.[1];
    if (tick) this.#tick = quotient(tick);
    const found = /Parsed_showinfo.*\] n: *\d+ pts: *(NOPTS|-?\d+)/.exec(line)?.[1];
    if (found === undefined) return;
    const before = this.#times.at(-1);
    const follows = before === undefined ? 0 : before + this.#usualStep;
    const told = found === "NOPTS" ? follows : Number(found) * this.#tick * 1e6;
    // Encoders refuse two frames at one time.
    this.#times.push(Math.round(before !== undefined && told <= before ? follows : told));
    this.#wake?.();
  }

  /** No more lines will come. */
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  async of(frame: number): Promise<number> {
    while (this.#times.length <= frame && !this.#isEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#times[frame] ?? 0;
  }
}
