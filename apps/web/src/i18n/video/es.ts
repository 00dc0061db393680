import type { VideoWords } from "./en.ts";

/** Texts of the page about videos in Spanish. */
export const videoEs: VideoWords = {
  title: "Guardar el vídeo",
  about:
    "Se muestra un fotograma. Todo el vídeo recibe esta luz, mantenida en el tiempo para que nada parpadee, y conserva su sonido.",
  frame: "Fotograma",
  frameAt: (time) => `Fotograma en ${time}`,
  format: "Formato",
  save: "Guardar vídeo",
  progress: (framesPerSecond, left) => `${framesPerSecond} fotogramas por segundo, faltan unos ${left}`,
  noSound: "El navegador no pudo convertir el sonido a este formato: el vídeo se guarda sin él.",
  needsWebCodecs: (name) =>
    `${name} es un vídeo, y a este navegador le falta WebCodecs, que los vídeos necesitan. Abre la página en una versión actual de Chrome, Edge, Firefox o Safari.`,
  notAVideo: (name) => `${name} no es un vídeo que esta página pueda leer. Prueba con MP4, MOV, WebM o MKV.`,
  notSupported: (name) =>
    `Este navegador no puede leer o escribir vídeos como ${name}. Prueba con el otro formato, otro navegador o la línea de comandos.`,
};
