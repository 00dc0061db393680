/** Texts of the page about videos in English. */
export const videoEn = {
  title: "Save the video",
  about:
    "One frame is shown. The whole video gets this light, held over time so that nothing flickers, and keeps its sound.",
  frame: "Frame",
  frameAt: (time: string) => `Frame at ${time}`,
  format: "Format",
  save: "Save video",
  progress: (framesPerSecond: string, left: string) => `${framesPerSecond} frames a second, about ${left} left`,
  noSound: "The browser could not convert the sound for this format: the video is saved without it.",
  needsWebCodecs: (name: string) =>
    `${name} is a video, and this browser lacks WebCodecs, which videos need. Open the page in a current Chrome, Edge, Firefox or Safari.`,
  notAVideo: (name: string) => `${name} is not a video this page can read. Try an MP4, MOV, WebM or MKV.`,
  notSupported: (name: string) =>
    `This browser cannot read or write the kind of video that ${name} is. Try the other format, another browser, or the command line.`,
};

/** Texts about videos: each language has all of them. */
export type VideoWords = typeof videoEn;
