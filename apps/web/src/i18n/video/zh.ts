import type { VideoWords } from "./en.ts";

/** Texts of the page about videos in Chinese. */
export const videoZh: VideoWords = {
  title: "保存视频",
  about: "这里显示的是其中一帧。整段视频都会得到这样的亮度，并在时间上保持稳定、不闪烁，声音保留。",
  frame: "帧",
  frameAt: (time) => `${time} 处的帧`,
  format: "格式",
  save: "保存视频",
  progress: (framesPerSecond, left) => `每秒 ${framesPerSecond} 帧，约剩 ${left}`,
  noSound: "浏览器无法为该格式转换声音：视频将不带声音保存。",
  needsWebCodecs: (name) =>
    `${name} 是视频，而此浏览器缺少处理视频所需的 WebCodecs。请用最新版的 Chrome、Edge、Firefox 或 Safari 打开本页。`,
  notAVideo: (name) => `${name} 不是本页能读取的视频。请试试 MP4、MOV、WebM 或 MKV。`,
  notSupported: (name) => `此浏览器无法读取或写入 ${name} 这类视频。请试试另一种格式、别的浏览器或命令行。`,
};
