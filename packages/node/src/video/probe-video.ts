import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { KindlingError } from "@kindling/core";
import { z } from "zod";
import { readError } from "../photo/file-errors.ts";
import { openRegularFile } from "../photo/regular-file.ts";

const run = promisify(execFile);

const count = z.coerce.number().catch(0);
const tags = z.record(z.string(), z.string()).catch({});

const streamSchema = z.object({
  index: z.number(),
  codec_type: z.string().catch("unknown"),
  codec_name: z.string().catch("unknown"),
  width: count,
  height: count,
  pix_fmt: z.string().catch("unknown"),
  sample_aspect_ratio: z.string().catch("1:1"),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_primaries: z.string().optional(),
  color_transfer: z.string().optional(),
  field_order: z.string().catch("progressive"),
  avg_frame_rate: z.string().catch("0/0"),
  time_base: z.string().catch("1/1000"),
  nb_frames: count,
  duration: count,
  disposition: z.record(z.string(), z.number()).catch({}),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).catch([]),
  tags,
});

const probeSchema = z.object({
  streams: z.array(streamSchema),
  format: z.object({ format_name: z.string(), duration: count, tags }),
});

/** A stream of a video file, as ffprobe names its facts. */
export type VideoStream = z.infer<typeof streamSchema>;

/** What is known of a video before it is decoded. */
export interface VideoFacts {
  /** The moving picture that is lit: the first that is no cover. */
  readonly main: VideoStream;
  readonly streams: readonly VideoStream[];
  /** Size as displayed, upright, in pixels of the file. */
  readonly width: number;
  readonly height: number;
  /** Bits a sample, 8 to 16. */
  readonly bits: number;
  /** Width of a pixel over its height, as it is displayed. */
  readonly pixelAspect: string;
  /** 0 where it is not known. */
  readonly framesPerSecond: number;
  /** Frames by the header, or by duration and rate; 0 where neither is known. */
  readonly frames: number;
  /** Tags of the file. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Reads the header of a video with ffprobe.
 *
 * @throws {KindlingError} `not-a-photo` where it holds no moving picture; `not-found`, `unreadable`; `damaged`.
 */
export async function probeVideo(ffprobe: string, path: string): Promise<VideoFacts> {
  // Told in the words of this program, and pipes and devices are never opened.
  await openRegularFile(path)
    .then((file) => file.close())
    .catch((cause) => {
      throw readError(path, cause);
    });
  const found = await run(
    ffprobe,
    ["-v", "error", "-show_streams", "-show_format", "-of", "json", "-i", fileUrl(path)],
    { maxBuffer: 2 ** 26 },
  ).catch((cause: Error & { stderr?: string }) => {
    const reason = (cause.stderr ?? cause.message)
      .trim()
      .split("\n")
      .at(-1)
      ?.replace(`${fileUrl(path)}: `, "");
    throw new KindlingError("damaged", `${path}: ffmpeg cannot read it: ${reason}. Check the file.`, { cause });
  });
  const { streams, format } = probeSchema.parse(JSON.parse(found.stdout));
  const main = streams.find(({ codec_type, disposition }) => codec_type === "video" && !disposition["attached_pic"]);
  if (!main || main.width === 0 || main.height === 0) {
    throw new KindlingError("not-a-photo", `${path}: it holds no moving picture.`);
  }
  const rotation = main.side_data_list.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const isTurned = Math.abs(Math.round(rotation / 90)) % 2 === 1;
  const [across, down] = main.sample_aspect_ratio.split(":");
  const framesPerSecond = quotient(main.avg_frame_rate);
  const seconds = main.duration || format.duration;
  return {
    main,
    streams,
    width: isTurned ? main.height : main.width,
    height: isTurned ? main.width : main.height,
    bits: bitsOf(main.pix_fmt),
    pixelAspect: isTurned ? `${down}:${across}` : main.sample_aspect_ratio,
    framesPerSecond,
    frames: main.nb_frames || Math.round(seconds * framesPerSecond),
    tags: format.tags,
  };
}

/** A path that ffmpeg takes for nothing but a file, whatever its name begins with. */
export function fileUrl(path: string): string {
  return `file:${path}`;
}

/** The value of a fraction such as 30000/1001; 0 where it has none. */
export function quotient(fraction: string): number {
  const [over = 0, under = 1] = fraction.split("/").map(Number);
  return under > 0 && Number.isFinite(over / under) ? over / under : 0;
}

/** Bits of a sample by the name of ffmpeg's pixel format, such as yuv420p10le. */
function bitsOf(format: string): number {
  const named = /(?:p|gray|x2rgb|gbrp|gbrap|p0|nv20|y2)(9|10|12|14|16)(?:le|be)?$/.exec(format)?.[1];
  if (named) return Number(named);
  return /^(rgb48|bgr48|rgba64|bgra64)/.test(format) ? 16 : 8;
}
