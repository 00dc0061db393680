import { type Enhancer, KindlingError, type Light, type Picture, type Strengths } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import {
  getFirstEncodableVideoCodec,
  MP4,
  Mp4OutputFormat,
  Output,
  QTFF,
  Quality,
  type VideoCodec,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from "mediabunny";
import { framePicture, type PhotoFrame, wholeFrame } from "../photo/frame.ts";
import { applyLook, type Look } from "../photo/look.ts";
import { damaged, type OpenClip } from "./open-clip.ts";
import { openResultFile } from "./result-file.ts";
import { addSound, type SoundTrack } from "./sound-track.ts";
import { packYuv, yuvColour } from "./yuv-frame.ts";

/** How a clip is lit and written. */
export interface WriteClipOptions extends Strengths, Look {
  readonly light?: Light | undefined;
  readonly denoiseOverTime?: number | undefined;
  readonly lookaheadFrames?: number | undefined;
  readonly frame?: PhotoFrame | undefined;
  readonly container: "mp4" | "webm";
  readonly withoutPlace?: boolean | undefined;
  readonly signal: AbortSignal;
  /** Told the share that is done, 0 to 1, and the number of frames that are lit. */
  readonly onProgress: (done: number, frames: number) => void;
}

/** A written clip. */
export interface WrittenClip {
  readonly file: Blob;
  readonly codec: string;
  readonly frames: number;
  readonly shots: number;
  /** What the result lacks of the file. */
  readonly leftOut: readonly string[];
}

/** Codecs of each container, the ones first that most players know. */
const codecs: Readonly<Record<"mp4" | "webm", VideoCodec[]>> = {
  mp4: ["avc", "hevc", "av1", "vp9"],
  webm: ["vp9", "av1", "vp8"],
};

/**
 * Lights a clip frame by frame and writes it, times and sound as they were. Frames are decoded when they are asked for and
 * encoded as they are lit, so memory does not grow with the clip.
 *
 * @param resultName as in `openResultFile`.
 * @throws {KindlingError} `unsupported` where the browser encodes no codec of the container; `damaged`; `disk-full`;
 * `cancelled`; what lighting throws. Nothing is left then.
 */
export async function writeClip(
  enhancer: Enhancer,
  clip: OpenClip,
  resultName: string,
  options: WriteClipOptions,
): Promise<WrittenClip> {
  const {
    container,
    signal,
    onProgress,
    frame: framing = wholeFrame,
    warmth,
    contrast,
    withoutPlace,
    ...lighting
  } = options;
  const finish = (picture: Picture) => framePicture(applyLook(picture, { warmth, contrast }), framing);
  const format = container === "mp4" ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat();
  const result = await openResultFile(resultName);
  const output = new Output({ format, target: result.target });
  const durations: number[] = [];
  let lit = 0;
  const frames = async function* () {
    for await (const frame of clip.frames()) {
      throwIfCancelled(signal);
      durations.push(frame.duration);
      yield frame;
      // It is lit now, and waits for the light of those after it: what is left to do takes little time.
      onProgress(Math.min((frame.seconds - clip.start) / Math.max(clip.end - clip.start, 1e-3), 0.999), ++lit);
    }
  };
  // A container has no times below 0.
  const shift = Math.max(0, -clip.start);
  let sound: SoundTrack | undefined;
  let [count, shots] = [0, 0];
  let video: { readonly source: VideoSampleSource; readonly codec: VideoCodec } | undefined;
  try {
    for await (const done of enhancer.video(frames(), { ...lighting, signal })) {
      const picture = finish(done.picture);
      if (!video) {
        video = await addVideo(output, container, picture);
        sound = clip.sound && (await addSound(clip.sound, output, shift));
        await setTags(clip, output, withoutPlace ?? false);
        await output.start();
      }
      await sound?.writeUntil(done.seconds);
      const sample = sampleOf(picture, done.seconds + shift, durations.shift() ?? 0);
      await video.source.add(sample);
      sample.close();
      count++;
      shots = done.shot + 1;
    }
    if (!video) throw damaged(clip.name, new Error("it holds no frame"));
    await sound?.writeUntil(Number.POSITIVE_INFINITY);
    throwIfCancelled(signal);
    await output.finalize();
    onProgress(1, count);
    const file = await result.file(`video/${container}`);
    return { file, codec: video.codec, frames: count, shots, leftOut: leftOutOf(clip, sound) };
  } catch (cause) {
    await output.cancel().catch(() => undefined);
    await result.discard();
    throw describe(cause, clip.name);
  } finally {
    await sound?.close();
  }
}

async function addVideo(output: Output, container: "mp4" | "webm", { width, height }: Picture) {
  const quality = new Quality("very-high");
  const codec = await getFirstEncodableVideoCodec(codecs[container], { width, height, quality });
  if (!codec) {
    const message = `This browser encodes no video of ${width}x${height} pixels as ${container}. Choose the other container, or use the command line.`;
    throw new KindlingError("unsupported", message);
  }
  const source = new VideoSampleSource({ codec, quality, latencyMode: "quality" });
  output.addVideoTrack(source);
  return { source, codec };
}

/** Tags of the file such as its title and date; between files of one kind also those that only their container knows. */
async function setTags({ input }: OpenClip, output: Output, withoutPlace: boolean): Promise<void> {
  const { raw = {}, ...tags } = await input.getMetadataTags();
  const isSameKind = [MP4, QTFF].includes(await input.getFormat()) && output.format instanceof Mp4OutputFormat;
  // Where it was taken is among these; the name of the old encoder would be wrong.
  const { "©too": _, ...kept } = raw;
  output.setMetadataTags(isSameKind && !withoutPlace ? { ...tags, raw: kept } : tags);
}

function sampleOf(picture: Picture, timestamp: number, duration: number): VideoSample {
  const { width, height } = picture;
  const facts = { format: "I420", codedWidth: width, codedHeight: height, colorSpace: yuvColour } as const;
  return new VideoSample(packYuv(picture), { ...facts, timestamp, duration });
}

function leftOutOf(clip: OpenClip, sound: { readonly isConverted: boolean } | undefined): string[] {
  return clip.sound && !sound ? ["sound"] : [];
}

function describe(cause: unknown, name: string): unknown {
  if (cause instanceof KindlingError) return cause;
  if (cause instanceof DOMException && cause.name === "QuotaExceededError") {
    return new KindlingError("disk-full", `${name}: the browser's storage is full. Free some space and try again.`, {
      cause,
    });
  }
  return cause;
}
