import type { Camera, Scene } from "./render.ts";
import { type Room, room, tableMetres } from "./room.ts";
import { moonAt, type Street, street } from "./street.ts";
import { black, scale, vector } from "./vector.ts";

/** A scene and the place it is seen from. */
export interface View {
  readonly scene: () => Scene;
  readonly camera: Camera;
}

const sodium = vector(1, 0.6, 0.24);
const warmWhite = vector(1, 0.78, 0.5);
const coldWhite = vector(0.85, 0.95, 1);
const nightBoard = vector(0.03, 0.03, 0.04);

/** The street of "street-after-rain". */
export const rainyStreet: Street = {
  seed: 12,
  wetness: 0.8,
  lampColour: scale(sodium, 26),
  sky: { zenith: vector(0.014, 0.03, 0.085), horizon: vector(0.1, 0.115, 0.19), moon: moonAt(9, 24), clouds: 0.6 },
  haze: 0.5,
  cars: [
    { at: vector(2.55, 0, 8.2), degrees: 0, paint: vector(0.32, 0.03, 0.03) },
    { at: vector(2.6, 0, 15), degrees: 0, paint: vector(0.05, 0.1, 0.16) },
    { at: vector(-2.6, 0, 21), degrees: 180, paint: vector(0.42, 0.42, 0.4) },
  ],
  signs: [
    {
      word: "HOTEL",
      centre: vector(5.55, 6.1, 13),
      letterMetres: 0.62,
      hangs: "out",
      colour: vector(1, 0.16, 0.22),
      board: nightBoard,
    },
    {
      word: "CAFE",
      centre: vector(-6.25, 3.25, 11.5),
      letterMetres: 0.5,
      hangs: "along",
      colour: vector(0.25, 0.85, 1),
      board: nightBoard,
    },
    {
      word: "BAR",
      centre: vector(-5.6, 4.9, 19),
      letterMetres: 0.6,
      hangs: "out",
      colour: vector(1, 0.5, 0.1),
      board: nightBoard,
    },
  ],
  strings: [],
};

const lanternLane: Street = {
  seed: 31,
  wetness: 0.5,
  lampColour: scale(warmWhite, 22),
  sky: { zenith: vector(0.01, 0.026, 0.09), horizon: vector(0.07, 0.1, 0.19), moon: moonAt(-40, 40), clouds: 0.15 },
  haze: 0.4,
  cars: [{ at: vector(2.6, 0, 13.5), degrees: 180, paint: vector(0.06, 0.2, 0.16) }],
  signs: [
    {
      word: "CINEMA",
      centre: vector(-5.4, 6.4, 18.4),
      letterMetres: 0.6,
      hangs: "out",
      colour: vector(1, 0.3, 0.12),
      board: nightBoard,
    },
    {
      word: "BOOKS",
      centre: vector(5.5, 5.2, 17),
      letterMetres: 0.56,
      hangs: "out",
      colour: vector(1, 0.72, 0.25),
      board: nightBoard,
    },
  ],
  strings: [7, 12, 18, 25, 33],
};

const coldCrossing: Street = {
  seed: 58,
  wetness: 1,
  lampColour: scale(coldWhite, 20),
  sky: { zenith: vector(0.02, 0.03, 0.06), horizon: vector(0.11, 0.12, 0.16), moon: moonAt(-7, 22), clouds: 0.9 },
  haze: 1.1,
  cars: [
    { at: vector(-2.5, 0, 9.5), degrees: 180, paint: vector(0.5, 0.34, 0.03) },
    { at: vector(2.6, 0, 17), degrees: 0, paint: vector(0.4, 0.4, 0.42) },
  ],
  signs: [
    {
      word: "HOTEL",
      centre: vector(-5.5, 6, 15),
      letterMetres: 0.6,
      hangs: "out",
      colour: vector(0.2, 0.5, 1),
      board: nightBoard,
    },
    {
      word: "TEA",
      centre: vector(5.6, 4.9, 11.5),
      letterMetres: 0.62,
      hangs: "out",
      colour: vector(0.25, 1, 0.45),
      board: nightBoard,
    },
    {
      word: "CINEMA",
      centre: vector(6.25, 3.3, 12.3),
      letterMetres: 0.5,
      hangs: "along",
      colour: vector(1, 0.2, 0.5),
      board: nightBoard,
    },
  ],
  strings: [],
};

/** The room of "desk-by-the-window". */
export const eveningRoom: Room = {
  lampColour: scale(vector(1, 0.62, 0.3), 0.9),
  moonColour: scale(vector(0.5, 0.68, 1), 0.9),
  hallAt: vector(-1.1, 1.9, -1.6),
  hallColour: scale(vector(1, 0.75, 0.5), 0.75),
  sky: { zenith: vector(0.03, 0.06, 0.16), horizon: vector(0.16, 0.22, 0.36), moon: moonAt(-28, 34), clouds: 0.5 },
  wall: { ground: vector(0.34, 0.36, 0.3), print: vector(0.16, 0.24, 0.2) },
};

const blueRoom: Room = {
  ...eveningRoom,
  wall: { ground: vector(0.36, 0.31, 0.22), print: vector(0.4, 0.15, 0.09) },
  lampColour: scale(vector(1, 0.72, 0.42), 0.7),
};

const moonlitRoom: Room = {
  ...eveningRoom,
  lampColour: black,
  moonColour: scale(vector(0.55, 0.72, 1), 4),
  hallAt: vector(-2.3, 1.7, -0.9),
  hallColour: scale(vector(1, 0.62, 0.32), 4.4),
  sky: { zenith: vector(0.05, 0.09, 0.22), horizon: vector(0.22, 0.3, 0.48), moon: moonAt(-12, 34.5), clouds: 0.4 },
};

/** Every view a sample photo is made of, by the photo's name. */
export const views = {
  "street-after-rain": {
    scene: () => street(rainyStreet),
    camera: { position: vector(-0.7, 1.65, -1.5), target: vector(0.35, 2.75, 12), verticalDegrees: 47 },
  },
  "lantern-lane": {
    scene: () => street(lanternLane),
    camera: { position: vector(-1.9, 1.6, -0.5), target: vector(0.1, 3.5, 12), verticalDegrees: 60 },
  },
  "cold-crossing": {
    scene: () => street(coldCrossing),
    camera: { position: vector(1.6, 1.5, -0.8), target: vector(-0.5, 2.5, 12), verticalDegrees: 48 },
  },
  "desk-by-the-window": {
    scene: () => room(eveningRoom),
    camera: {
      position: vector(0.12, 1.36, -0.35),
      target: vector(-0.08, tableMetres + 0.28, 1.4),
      verticalDegrees: 40,
    },
  },
  "still-life": {
    scene: () => room(blueRoom),
    camera: { position: vector(-0.35, 1.3, 0.05), target: vector(0.03, tableMetres + 0.1, 1.3), verticalDegrees: 34 },
  },
  "moonlit-room": {
    scene: () => room(moonlitRoom),
    camera: { position: vector(1.35, 1.7, -2.9), target: vector(-0.4, 0.72, 1.6), verticalDegrees: 46 },
  },
} satisfies Readonly<Record<string, View>>;

/** Name of a view, and so of its photo. */
export type ViewName = keyof typeof views;
