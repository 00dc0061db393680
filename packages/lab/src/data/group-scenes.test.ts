import { createRandom, type Picture } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { edgeAgreement, edgeMapOf } from "./edge-map.ts";
import { groupScenes } from "./group-scenes.ts";

const side = 128;

/** A picture of random patches of light from 0.001 to 1, exposed by some stops, with noise of a level of 255. */
function expose(scene: string, stops: number, width = side): Picture {
  const random = createRandom(1, scene);
  const patches = Float32Array.from({ length: 256 }, () => 0.001 * 1000 ** random());
  const noise = createRandom(2, `${scene} ${stops}`);
  const samples = Float32Array.from({ length: width * side }, (_, i) => {
    const [x, y] = [Math.floor(((i % width) * 16) / width), Math.floor((Math.floor(i / width) * 16) / side)];
    const light = Math.min(patches[16 * y + x] * 2 ** stops, 1) ** (1 / 2.2);
    return Math.min(Math.max(light + (noise() - 0.5) / 128, 0), 1);
  });
  return { width, height: side, channels: 1, samples };
}

const frames = (...names: [scene: string, stops: number][]) =>
  names.map(([scene, stops]) => edgeMapOf(expose(scene, stops)));

describe("scenes of brackets", () => {
  test("exposures six stops apart agree, other scenes do not", () => {
    const [dark, bright, other] = frames(["a", -3], ["a", 3], ["b", 0]);
    expect(edgeAgreement(dark, bright)).toBeGreaterThan(0.7);
    expect(Math.abs(edgeAgreement(bright, other))).toBeLessThan(0.3);
    expect(edgeAgreement(dark, dark)).toBeCloseTo(1, 5);
  });

  test("pictures of different sizes, or without edges, agree in nothing", () => {
    const [frame] = frames(["a", 0]);
    expect(edgeAgreement(frame, edgeMapOf(expose("a", 0, 2 * side)))).toBe(0);
    const black = edgeMapOf({ width: side, height: side, channels: 1, samples: new Float32Array(side * side) });
    expect(edgeAgreement(black, frame)).toBe(0);
  });

  test("frames that follow each other are one scene; a frame that strayed to another place is found", () => {
    const found = groupScenes(
      frames(
        ...([["c", 0]] as [string, number][]),
        ...[-4, -2, 0, 2].map((stops): [string, number] => ["a", stops]),
        ...[-4, -2, 0, 2].map((stops): [string, number] => ["b", stops]),
        ...[-4, -2, 2].map((stops): [string, number] => ["c", stops]),
        ["d", 0],
      ),
    );
    expect(found).toEqual([[0, 9, 10, 11], [1, 2, 3, 4], [5, 6, 7, 8], [12]]);
  });
});
