import type { VideoWords } from "./en.ts";

/** Texts of the page about videos in German. */
export const videoDe: VideoWords = {
  title: "Video speichern",
  about:
    "Gezeigt wird ein Bild. Das ganze Video bekommt dieses Licht, über die Zeit gehalten, damit nichts flackert, und behält seinen Ton.",
  frame: "Bild",
  frameAt: (time) => `Bild bei ${time}`,
  format: "Format",
  save: "Video speichern",
  progress: (framesPerSecond, left) => `${framesPerSecond} Bilder je Sekunde, noch etwa ${left}`,
  noSound: "Der Browser konnte den Ton für dieses Format nicht umwandeln: Das Video wird ohne ihn gespeichert.",
  needsWebCodecs: (name) =>
    `${name} ist ein Video, und diesem Browser fehlt WebCodecs, das Videos brauchen. Bitte die Seite in einem aktuellen Chrome, Edge, Firefox oder Safari öffnen.`,
  notAVideo: (name) => `${name} ist kein Video, das diese Seite lesen kann. Möglich sind MP4, MOV, WebM und MKV.`,
  notSupported: (name) =>
    `Dieser Browser kann Videos von der Art von ${name} nicht lesen oder schreiben. Bitte das andere Format, einen anderen Browser oder die Befehlszeile versuchen.`,
};
