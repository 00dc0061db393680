import type { VideoWords } from "./en.ts";

/** Texts of the page about videos in Korean. */
export const videoKo: VideoWords = {
  title: "동영상 저장",
  about:
    "한 프레임을 보여 줍니다. 동영상 전체가 이 밝기를 갖고, 깜박이지 않도록 시간에 걸쳐 유지되며, 소리는 그대로 남습니다.",
  frame: "프레임",
  frameAt: (time) => `${time}의 프레임`,
  format: "형식",
  save: "동영상 저장",
  progress: (framesPerSecond, left) => `초당 ${framesPerSecond}프레임, 약 ${left} 남음`,
  noSound: "브라우저가 이 형식에 맞게 소리를 변환하지 못해 동영상을 소리 없이 저장합니다.",
  needsWebCodecs: (name) =>
    `${name}은(는) 동영상인데 이 브라우저에는 동영상에 필요한 WebCodecs가 없습니다. 최신 Chrome, Edge, Firefox 또는 Safari에서 이 페이지를 여세요.`,
  notAVideo: (name) => `${name}은(는) 이 페이지가 읽을 수 있는 동영상이 아닙니다. MP4, MOV, WebM 또는 MKV를 써 보세요.`,
  notSupported: (name) =>
    `이 브라우저는 ${name} 같은 동영상을 읽거나 쓸 수 없습니다. 다른 형식이나 다른 브라우저, 또는 명령줄을 써 보세요.`,
};
