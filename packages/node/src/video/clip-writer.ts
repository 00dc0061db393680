import { basename } from "node:path";
import type { Picture } from "@kindling/core";
import type { TallyState } from "./clip-tally.ts";
import { type ClipSegment, ClipWorkFolder } from "./clip-work.ts";
import { type EncodeFramesOptions, FrameEncoder, joinSegments } from "./encode-frames.ts";

/** Frames of a segment: what a killed run loses at most. Encoders set key frames about half as often by themselves. */
const segmentFrames = 120;

/**
 * Writes the frames of a clip: a short one straight into its file, a longer one in segments that are joined at the end, so that a
 * run that was killed can go on.
 */
export class ClipWriter {
  readonly #options: EncodeFramesOptions;
  readonly #folder: ClipWorkFolder | undefined;
  #encoder: FrameEncoder | undefined;
  /** Time of the first frame of the file or segment in work. */
  #begun = 0;
  #frames = 0;

  private constructor(options: EncodeFramesOptions, folder: ClipWorkFolder | undefined) {
    this.#options = options;
    this.#folder = folder;
  }

  /** @param resume where segments are kept, and what they must have been made with; undefined for none. */
  static async open(
    options: EncodeFramesOptions,
    resume: { readonly folder: string; readonly key: string } | undefined,
  ): Promise<ClipWriter> {
    const { frames } = options.facts;
    const isShort = frames > 0 && frames <= segmentFrames;
    if (!resume || isShort) return new ClipWriter(options, undefined);
    return new ClipWriter(options, await ClipWorkFolder.open(resume.folder, resume.key));
  }

  /** What an earlier run knew of its frames. */
  get tally(): TallyState | undefined {
    return this.#folder?.tally;
  }

  /** Time of the first frame of all in microseconds. */
  get start(): number {
    return this.#folder?.segments[0]?.start ?? this.#begun;
  }

  /**
   * Writes a frame; resolves when more are taken.
   *
   * @param tally of the frames before it.
   * @throws {KindlingError} as `FrameEncoder.write`.
   */
  async write(picture: Picture, microseconds: number, tally: TallyState): Promise<void> {
    if (this.#folder && this.#frames === segmentFrames) await this.#endSegment(tally);
    if (!this.#encoder) {
      const options = this.#folder ? { ...this.#options, path: this.#folder.nextPath() } : this.#options;
      this.#encoder = new FrameEncoder(options, microseconds, this.#folder !== undefined);
      this.#begun = microseconds;
    }
    await this.#encoder.write(picture, microseconds);
    this.#frames++;
  }

  /**
   * Ends the clip.
   *
   * @param tally of all frames.
   * @throws {KindlingError} as `FrameEncoder.write`.
   */
  async finish(tally: TallyState): Promise<void> {
    if (!this.#folder) return this.#encoder?.finish();
    if (this.#encoder) await this.#endSegment(tally);
    const { segments } = this.#folder;
    const list = await this.#folder.write(
      "list.txt",
      listOf(segments, this.#options.container === "mkv" || this.#options.container === "webm"),
    );
    await joinSegments(this.#options, list, segments[0]?.start ?? 0);
    await this.discard();
  }

  /** Ends the encoder at once; what it wrote stays. */
  async kill(): Promise<void> {
    await this.#encoder?.kill();
  }

  /** Removes the segments. */
  async discard(): Promise<void> {
    await this.#folder?.remove();
  }

  async #endSegment(tally: TallyState): Promise<void> {
    await this.#encoder?.finish();
    this.#encoder = undefined;
    this.#frames = 0;
    await this.#folder?.note(this.#begun, tally);
  }
}

/** The segments as ffmpeg reads them, each with the time to the next, in which Matroska has whole milliseconds. */
function listOf(segments: readonly ClipSegment[], isInMilliseconds: boolean): string {
  const at = (segment: ClipSegment | undefined) =>
    isInMilliseconds ? 1000 * Math.round((segment?.start ?? 0) / 1000) : (segment?.start ?? 0);
  const lines = segments.map((segment, i) => {
    const next = segments[i + 1];
    const name = `file ${basename(segment.path)}`;
    return next ? `${name}\nduration ${((at(next) - at(segment)) / 1e6).toFixed(6)}` : name;
  });
  return `ffconcat version 1.0\n${lines.join("\n")}\n`;
}
