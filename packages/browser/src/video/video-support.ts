const videoEndings = ["mp4", "m4v", "mov", "qt", "mkv", "webm", "ts", "mts", "m2ts"];

/**
 * For the `accept` of a file input: videos.
 *
 * @example
 * const picker = `<input type="file" accept="${acceptedVideos}" />`;
 */
export const acceptedVideos: string = ["video/*", ...videoEndings.map((ending) => `.${ending}`)].join();

/**
 * Whether a file calls itself a video, by its type or its name.
 *
 * @example
 * // runs
 * isVideoFile(new File([], "night.mp4")); // true
 */
export function isVideoFile(file: Blob): boolean {
  if (file.type !== "") return file.type.startsWith("video/");
  const ending = file instanceof File ? /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() : undefined;
  return ending !== undefined && videoEndings.includes(ending);
}

/**
 * Whether this browser has what videos need: WebCodecs, which decode and encode, and a canvas beside the page.
 *
 * @example
 * if (!canEnhanceVideos()) console.log("This browser lacks WebCodecs.");
 */
export function canEnhanceVideos(): boolean {
  return ["VideoDecoder", "VideoEncoder", "VideoFrame", "OffscreenCanvas"].every((name) => name in globalThis);
}
