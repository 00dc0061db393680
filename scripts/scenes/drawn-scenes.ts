import {
  keepsBrightness,
  keepsHue,
  keepsLampSurroundings,
  keepsWhite,
  opensBacklight,
  staysAsItIs,
  staysDark,
  staysDarkOnAverage,
} from "./checks.ts";
import { drawBacklitFigure } from "./drawings/draw-backlit-figure.ts";
import { drawFlat } from "./drawings/draw-flat.ts";
import { drawHighKey } from "./drawings/draw-high-key.ts";
import { drawLamp } from "./drawings/draw-lamp.ts";
import { drawPaper } from "./drawings/draw-paper.ts";
import { drawSensorNoise } from "./drawings/draw-sensor-noise.ts";
import { drawStars } from "./drawings/draw-stars.ts";
import { drawStillLife } from "./drawings/draw-still-life.ts";
import { drawText } from "./drawings/draw-text.ts";
import type { Scene } from "./scene.ts";

/** Scenes drawn by code: the same on every machine. */
export const drawnScenes: readonly Scene[] = [
  {
    name: "black",
    title: "Black",
    about: "Every sample 0. There is nothing to light.",
    checks: staysDark,
    open: () => drawFlat(0),
  },
  { name: "level-1", title: "1/255", about: "Every sample 1.", checks: staysDark, open: () => drawFlat(1) },
  { name: "level-3", title: "3/255", about: "Every sample 3.", checks: staysDark, open: () => drawFlat(3) },
  {
    name: "noise",
    title: "Noise",
    about:
      "A frame taken with the lens cap on: read noise, demosaiced and white balanced. It may be removed, not lifted.",
    checks: staysDarkOnAverage,
    open: drawSensorNoise,
  },
  {
    name: "white",
    title: "White",
    about: "Every sample 255.",
    checks: [keepsBrightness, keepsWhite],
    open: () => drawFlat(255),
  },
  {
    name: "paper",
    title: "Paper",
    about: "Off-white paper, shaded faintly, with a white card.",
    checks: [keepsBrightness, keepsWhite],
    open: drawPaper,
  },
  {
    name: "high-key",
    title: "High key",
    about: "Two eggs on a white background.",
    checks: [keepsBrightness, keepsWhite],
    open: drawHighKey,
  },
  {
    name: "text",
    title: "A page of text",
    about: "Black letters on white paper. It is right as it is.",
    checks: [keepsBrightness, staysAsItIs],
    open: () => drawText({ paper: [0.95, 0.95, 0.93], ink: [0.1, 0.1, 0.11], grain: 1 }),
  },
  {
    name: "text-in-the-dark",
    title: "A page of text in the dark",
    about: "The same page in a dark room, with noise. Letters have to stay readable.",
    checks: [],
    open: () => drawText({ paper: [0.165, 0.157, 0.149], ink: [0.078, 0.075, 0.071], grain: 3 }),
  },
  {
    name: "lamp",
    title: "A lamp on black",
    about: "The glow falls to black. What is around it stays black, without a ring.",
    checks: keepsLampSurroundings,
    open: drawLamp,
  },
  {
    name: "stars",
    title: "Stars",
    about:
      "A night sky with stars and noise. The aim is that stars stand out and the sky stays night; no limit holds it yet.",
    checks: [],
    open: drawStars,
  },
  {
    name: "darkroom-red",
    title: "Darkroom red",
    about: "Grey balls in red light. Red stays red.",
    checks: [keepsHue],
    open: () => drawStillLife([0.35, 0, 0]),
  },
  {
    name: "stage-blue",
    title: "Stage blue",
    about: "The same in blue light. Blue stays blue.",
    checks: [keepsHue],
    open: () => drawStillLife([0.125, 0.025, 0.4]),
  },
  {
    name: "backlit-figure",
    title: "A backlit figure",
    about: "A person before a bright sky. The mean of the photo is fine; the person is black.",
    checks: opensBacklight,
    open: drawBacklitFigure,
  },
];
