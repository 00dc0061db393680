import type { Picture } from "@kindling/core";
import { describe, expect, test } from "vitest";
import type { ShotRanges } from "./dark-shot.ts";
import { drawPanoramaPair, recordShotOfView } from "./panorama-pair.ts";
import { renderView } from "./panorama-view.ts";
import { recordShot } from "./shot-record.ts";

/** A panorama whose red is the longitude and whose green is the latitude, 0 to 1 from left and from top. */
function directions(width = 256, height = 128): Picture {
  const samples = Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const place = [((pixel % width) + 0.5) / width, (Math.floor(pixel / width) + 0.5) / height, 0];
    return place[i % 3];
  });
  return { width, height, channels: 3, samples };
}

const straight = { yaw: 0, pitch: 0, roll: 0, fieldOfView: Math.PI / 2 };
const at = ({ width, samples }: Picture, x: number, y: number) => [
  ...samples.slice((y * width + x) * 3, (y * width + x) * 3 + 2),
];

describe("views of a panorama", () => {
  test("the middle looks ahead, right is right and up is up", () => {
    const view = renderView(directions(), straight, 101, 101);
    const [middle, right, top] = [at(view, 50, 50), at(view, 100, 50), at(view, 50, 0)];
    expect(middle[0]).toBeCloseTo(0.5, 2);
    expect(middle[1]).toBeCloseTo(0.5, 2);
    // A quarter circle wide: its border is an eighth of the circle, a quarter of the half circle from top to bottom.
    expect(right[0]).toBeCloseTo(0.625, 2);
    expect(right[1]).toBeCloseTo(0.5, 2);
    expect(top[0]).toBeCloseTo(0.5, 2);
    expect(top[1]).toBeCloseTo(0.25, 2);
  });

  test("yaw turns to the right, pitch up, roll clockwise", () => {
    const look = (turn: object, x = 50, y = 50) =>
      at(renderView(directions(), { ...straight, ...turn }, 101, 101), x, y);
    expect(look({ yaw: Math.PI / 2 })[0]).toBeCloseTo(0.75, 2);
    expect(look({ pitch: Math.PI / 6 })[1]).toBeCloseTo(0.5 - 1 / 6, 2);
    // The camera turned clockwise: what is above it moves to the left of the picture, its right border sees the ground.
    expect(look({ roll: Math.PI / 2 }, 100, 50)[1]).toBeCloseTo(0.75, 2);
  });

  test("left and right border of the panorama meet", () => {
    const [reds] = [at(renderView(directions(), { ...straight, yaw: Math.PI - 0.02 }, 101, 101), 50, 50)];
    expect(reds[0]).toBeGreaterThan(0.98);
  });
});

describe("pairs of a panorama", () => {
  /** A room of 0.02 with a window of 200 in each quarter. */
  const room: Picture = (() => {
    const [width, height] = [256, 128];
    const samples = Float32Array.from({ length: width * height * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      const texture = 1 + 0.5 * Math.sin(x) * Math.cos(y);
      return x % 64 < 16 && y > 40 && y < 80 ? 200 * texture : 0.02 * texture;
    });
    return { width, height, channels: 3, samples };
  })();
  const ranges: ShotRanges = {
    exposureEv: [-6, -1],
    noise: [0, 0],
    kelvin: [6504, 6504],
    adaptation: [1, 1],
    balanceErrorPercent: [0, 0],
    cornerAngleDegrees: [0, 0],
    highlightStops: [0, 0],
    tone: [0, 0],
    denoising: [0, 0],
    sharpening: [0, 0],
    jpegQuality: [0, 0],
    parts: 0.5,
    lamps: 0,
    unchanged: 0.5,
  };
  const pairs = Array.from({ length: 6 }, (_, k) => drawPanoramaPair(room, ranges, 1, `room-${k}`, 96));
  const mean = ({ samples }: Picture) => samples.reduce((sum, value) => sum + value, 0) / samples.length;

  test("the fused picture shows room and window, any single exposure is darker", () => {
    for (const { low, normal, shot } of pairs) {
      expect([low.width, low.height, normal.width]).toEqual([96, 64, 96]);
      expect(mean(normal)).toBeGreaterThan(0.25);
      expect(mean(low)).toBeLessThan(mean(normal));
      const clipped = normal.samples.filter((sample) => sample > 0.998).length / normal.samples.length;
      expect(clipped).toBeLessThan(0.02);
      expect(shot.camera.exposureEv).toBeGreaterThanOrEqual(-5);
      expect(shot.camera.exposureEv).toBeLessThanOrEqual(0.5);
      expect(shot.kind).toBe("whole");
    }
  });

  test("the unit of the light does not matter, seed and name do", () => {
    const brighter = { ...room, samples: room.samples.map((light) => 64 * light) };
    const [first] = pairs;
    const again = drawPanoramaPair(brighter, ranges, 1, "room-0", 96);
    expect(mean(again.low)).toBeCloseTo(mean(first.low), 3);
    expect(mean(drawPanoramaPair(room, ranges, 1, "room-0", 96).low)).toBe(mean(first.low));
    expect(mean(drawPanoramaPair(room, ranges, 2, "room-0", 96).low)).not.toBe(mean(first.low));
    expect(new Set(pairs.map(({ shot }) => shot.camera.exposureEv)).size).toBe(6);
  });

  test("the row of a table has what was drawn, except what depends on the light of the view", () => {
    const noisy: ShotRanges = { ...ranges, noise: [1e-4, 2e-2], kelvin: [2700, 8000], jpegQuality: [60, 97] };
    for (const name of ["room-0", "room-1", "room-2"]) {
      const { shot } = drawPanoramaPair(room, noisy, 1, name, 96);
      const row = recordShotOfView(noisy, 1, name);
      expect([row["exposure_ev"], row["kelvin"], row["jpeg_quality"]]).toEqual(["", shot.kelvin, shot.jpegQuality]);
      const taken = Object.entries(recordShot(shot));
      expect(taken.filter(([column, value]) => row[column] !== "" && row[column] !== value)).toEqual([]);
    }
  });
});
