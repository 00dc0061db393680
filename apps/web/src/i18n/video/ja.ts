import type { VideoWords } from "./en.ts";

/** Texts of the page about videos in Japanese. */
export const videoJa: VideoWords = {
  title: "動画を保存",
  about:
    "表示しているのは1フレームです。動画全体がこの明るさになり、ちらつかないように時間方向に保たれます。音声はそのまま残ります。",
  frame: "フレーム",
  frameAt: (time) => `${time} のフレーム`,
  format: "形式",
  save: "動画を保存",
  progress: (framesPerSecond, left) => `毎秒 ${framesPerSecond} フレーム、残り約 ${left}`,
  noSound: "ブラウザーがこの形式用に音声を変換できなかったため、動画は音声なしで保存されます。",
  needsWebCodecs: (name) =>
    `${name} は動画ですが、このブラウザーには動画に必要な WebCodecs がありません。最新の Chrome、Edge、Firefox、Safari でこのページを開いてください。`,
  notAVideo: (name) => `${name} はこのページで読める動画ではありません。MP4、MOV、WebM、MKV をお試しください。`,
  notSupported: (name) =>
    `このブラウザーは ${name} のような動画を読み書きできません。もう一方の形式、別のブラウザー、またはコマンドラインをお試しください。`,
};
