import { createPicture, KindlingError, type Picture } from "@kindling/core";
import {
  BlobSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MATROSKA,
  MP4,
  MPEG_TS,
  QTFF,
  type VideoSample,
  VideoSampleSink,
  WEBM,
} from "mediabunny";
import { reduceRows } from "../photo/reduce-rows.ts";
import { canEnhanceVideos } from "./video-support.ts";

/** Bytes of the file that are held to read ahead. */
const cacheBytes = 16e6;

/** A video file, its header read. */
export interface OpenClip {
  readonly name: string;
  readonly input: Input;
  readonly track: InputVideoTrack;
  readonly sound: InputAudioTrack | undefined;
  /** Size as displayed, upright, with square pixels. */
  readonly width: number;
  readonly height: number;
  /** Time of the first frame, and that of the end of the last. */
  readonly start: number;
  readonly end: number;
  /** Reads frames from a time on (s), each when it is asked for. */
  frames(from?: number): AsyncGenerator<ClipFrame, void, undefined>;
  /** The frame shown at a time (s), reduced to at most so many pixels. */
  frameAt(seconds: number, maxPixels: number): Promise<Picture>;
  /** The container to save it in where none is asked for. */
  ownContainer(): Promise<"mp4" | "webm">;
  close(): void;
}

/** A decoded frame, upright, as sRGB from 0 to 1. */
interface ClipFrame {
  readonly picture: Picture;
  readonly seconds: number;
  readonly duration: number;
}

/**
 * Opens a video file: reads its header, and makes sure that the browser decodes it.
 *
 * @throws {KindlingError} `unsupported` where the browser lacks WebCodecs or the codec; `not-a-photo` for a file without a
 * moving picture; `damaged`.
 */
export async function openClip(file: Blob, name: string): Promise<OpenClip> {
  if (!canEnhanceVideos()) {
    const message = `${name}: this browser lacks WebCodecs, which videos need. Use a current Chromium, Firefox or Safari.`;
    throw new KindlingError("unsupported", message);
  }
  const input = new Input({
    source: new BlobSource(file, { maxCacheSize: cacheBytes }),
    formats: [MP4, QTFF, MATROSKA, WEBM, MPEG_TS],
  });
  try {
    return await readHeader(input, name);
  } catch (cause) {
    input.dispose();
    throw cause instanceof KindlingError ? cause : damaged(name, cause);
  }
}

async function readHeader(input: Input, name: string): Promise<OpenClip> {
  if (!(await input.canRead())) {
    throw new KindlingError("not-a-photo", `${name}: it is no video that can be read. Convert it to MP4 or WebM.`);
  }
  if ((await input.getTracks()).length === 0) {
    throw new KindlingError(
      "damaged",
      `${name}: its streams are missing; it may be cut short. Copy it again from its source.`,
    );
  }
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new KindlingError("not-a-photo", `${name}: it holds no moving picture.`);
  if (!(await track.canDecode())) {
    const codec = (await track.getCodecParameterString()) ?? (await track.getCodec()) ?? "unknown";
    const message = `${name}: this browser does not decode its codec (${codec}). Convert it to H.264 or VP9, or use the command line.`;
    throw new KindlingError("unsupported", message);
  }
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  const [start, end] = [await track.getFirstTimestamp(), await track.computeDuration()];
  const sound = (await input.getPrimaryAudioTrack()) ?? undefined;
  const sink = new VideoSampleSink(track);
  const unpack = unpackerOf(width, height);
  return {
    ...{ name, input, track, sound, width, height, start, end },
    async *frames(from = start) {
      let count = 0;
      try {
        for await (const sample of sink.samples(from)) {
          const { timestamp: seconds, duration } = sample;
          const picture = unpack(sample);
          sample.close();
          count++;
          yield { picture, seconds, duration };
        }
      } catch (cause) {
        throw cause instanceof KindlingError ? cause : damaged(name, cause);
      }
      if (count === 0) throw new KindlingError("damaged", `${name}: it holds no frame. Check the file.`);
    },
    async frameAt(seconds, maxPixels) {
      const sample = await sink.getSample(Math.min(Math.max(seconds, start), end)).catch((cause) => {
        throw damaged(name, cause);
      });
      const found = sample ?? (await sink.getSample(start).catch(() => null));
      if (!found)
        throw new KindlingError("damaged", `${name}: no frame can be decoded at ${seconds} s. Check the file.`);
      const picture = unpack(found);
      found.close();
      return reduceToPixels(picture, maxPixels);
    },
    ownContainer: async () => ((await input.getFormat()) === WEBM ? "webm" : "mp4"),
    close: () => input.dispose(),
  };
}

/** Draws frames upright on one canvas: the browser turns them into sRGB, whatever matrix and range they have. */
function unpackerOf(width: number, height: number): (sample: VideoSample) => Picture {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true, alpha: false });
  if (!context) throw new KindlingError("out-of-memory", `The browser gives no canvas of ${width}x${height} pixels.`);
  return (sample) => {
    sample.draw(context, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const picture = createPicture(width, height, 3);
    const { samples } = picture;
    for (let from = 0, to = 0; to < samples.length; from += 4, to += 3) {
      samples[to] = data[from] / 255;
      samples[to + 1] = data[from + 1] / 255;
      samples[to + 2] = data[from + 2] / 255;
    }
    return picture;
  };
}

function reduceToPixels(picture: Picture, maxPixels: number): Picture {
  const { width, height, channels, samples } = picture;
  const scale = Math.sqrt(maxPixels / (width * height));
  if (scale >= 1) return picture;
  const rows = (top: number, bottom: number) => samples.subarray(top * width * channels, bottom * width * channels);
  const source = { width, height, channels, white: 1, stride: channels, rows, close() {} } as const;
  return reduceRows(source, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
}

/** The error of a file that cannot be decoded further. */
export function damaged(name: string, cause: unknown): KindlingError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new KindlingError("damaged", `${name}: it cannot be decoded (${reason}). Check the file.`, { cause });
}
