import { videoCodecs, videoContainers } from "@kindling/node";
import { z } from "zod";

const share = "expected a number from 0 to 1";
const rateFactor = "expected a number from 0 to 63";

/** The options of `kindling enhance` for videos. */
export const videoOptions = {
  codec: z
    .enum(videoCodecs, { error: `expected ${videoCodecs.join(", ")}` })
    .optional()
    .meta({
      flags: "--codec <name>",
      description: `codec of videos: ${videoCodecs.join(", ")} (default: h264, hevc for 10 bits, vp9 in WebM)`,
    }),
  crf: z.coerce.number(rateFactor).min(0, rateFactor).max(63, rateFactor).optional().meta({
    flags: "--crf <n>",
    description:
      "constant rate factor of videos, lower is better and larger (default: h264 18, hevc 20, av1 26, vp9 24)",
  }),
  container: z
    .enum(videoContainers, { error: `expected ${videoContainers.join(", ")}` })
    .optional()
    .meta({
      flags: "--container <name>",
      description: `container of videos: ${videoContainers.join(", ")} (default: their own, else mkv)`,
    }),
  denoiseOverTime: z.coerce.number(share).min(0, share).max(1, share).optional().meta({
    flags: "--denoise-over-time <0-1>",
    description: "share of noise to remove where other frames of a video show the same (default: 1)",
  }),
  keepPart: z.boolean().default(false).meta({
    flags: "--keep-part",
    description: "when stopped, leave what is done of a video as <name>.part.<ending>",
  }),
  ffmpeg: z.string().optional().meta({
    flags: "--ffmpeg <path>",
    description: "the program ffmpeg, or the folder of ffmpeg and ffprobe (default: from the PATH)",
  }),
};
