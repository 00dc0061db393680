import { createRandom, type Picture } from "@kindling/core";
import { recordScene } from "@kindling/lab";
import { darkCamera, withoutNoise } from "./sample-clips.ts";
import { render } from "./scenes/render.ts";
import { room } from "./scenes/room.ts";
import { eveningRoom, views } from "./scenes/sample-scenes.ts";
import { add, scale, type Vector, vector } from "./scenes/vector.ts";

/** A burst of a room in the evening, as a shaking hand takes it: the camera shifts and turns a little in every frame. */
export function drawBurst(
  count: number,
  { width = 240, height = 160, samplesPerSide = 1 } = {},
): { readonly frames: readonly Picture[]; readonly clean: Picture } {
  const random = createRandom(20261129, "burst");
  const scene = room(eveningRoom);
  const from = views["desk-by-the-window"].camera;
  const shake = (metres: number): Vector => scale(vector(random() - 0.5, random() - 0.5, random() - 0.5), 2 * metres);
  const drawn = Array.from({ length: count }, (_, i) => {
    const [position, target] =
      i === 0 ? [from.position, from.target] : [add(from.position, shake(0.003)), add(from.target, shake(0.03))];
    return render(scene, { ...from, position, target }, width, height, samplesPerSide);
  });
  const frames = drawn.map((frame) => recordScene(frame, darkCamera, Math.floor(random() * 2 ** 32)));
  return { frames, clean: recordScene(drawn[0] ?? frames[0], withoutNoise, 1) };
}
