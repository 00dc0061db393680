import { expect, test } from "vitest";
import { createPlane } from "../image/picture.ts";
import type { ModelSession, ModelTensor } from "../runtime/runtime.ts";
import { planTiles } from "./plan-tiles.ts";
import { runTiles } from "./run-tiles.ts";
import { placedPlanesSource, planesSink, planesSource } from "./tile-ports.ts";

const budget = { bytesPerPixel: 1, maxMemoryBytes: 40 };
const tiling = { haloPx: 1, alignmentPx: 1 };

/** A session that makes its output of its inputs. */
function sessionOf(make: (inputs: Readonly<Record<string, ModelTensor>>) => ModelTensor | undefined): ModelSession {
  return {
    inputNames: [],
    outputNames: [],
    device: "cpu",
    run: async (inputs) => {
      const made = make(inputs);
      return made ? { y: made } : {};
    },
    dispose: async () => undefined,
  };
}

const ramp = { width: 9, height: 7, values: Float32Array.from({ length: 63 }, (_, i) => i) };

test("planes go through tile by tile and come out whole; tensors are given to every tile as they are", async () => {
  const half: ModelTensor = { shape: [1], values: Float32Array.of(0.5) };
  const given: ModelTensor[] = [];
  const session = sessionOf(({ x, half: scalar }) => {
    given.push(scalar);
    return { shape: x.shape, values: x.values.map((value) => value * scalar.values[0]) };
  });
  const [first, second] = [createPlane(9, 7), createPlane(9, 7)];
  await runTiles(session, planTiles(9, 7, tiling, budget), {
    inputs: { x: planesSource([ramp, { ...ramp, values: ramp.values.map((value) => -value) }]), half },
    outputs: { y: planesSink([first, second]) },
  });
  expect(given.length).toBeGreaterThan(1);
  expect(given.every((tensor) => tensor === half)).toBe(true);
  expect([...first.values]).toEqual([...ramp.values].map((value) => value / 2));
  expect([...second.values]).toEqual([...ramp.values].map((value) => -value / 2));
});

test("a placement says where each column and row is taken from", () => {
  const values = new Float32Array(4);
  const places = { columns: Int32Array.of(8, 0, 3), rows: Int32Array.of(6, 2) };
  placedPlanesSource([ramp], places).fill({ left: 1, top: 0, width: 2, height: 2 }, values);
  expect([...values]).toEqual([54, 57, 18, 21]);
});

test("an output that is missing or of another size is refused", async () => {
  const flow = { inputs: { x: planesSource([ramp]) }, outputs: { y: planesSink([createPlane(9, 7)]) } };
  const whole = planTiles(9, 7, undefined, { bytesPerPixel: 1, maxMemoryBytes: 63 });
  const running = runTiles(
    sessionOf(() => undefined),
    whole,
    flow,
  );
  await expect(running).rejects.toThrow(
    "The model's y: expected [1, 1, 7, 9]; got nothing. If another version of Kindling made it, ship it again",
  );
  const small = sessionOf(() => ({ shape: [1, 1, 2, 2], values: new Float32Array(4) }));
  await expect(runTiles(small, whole, flow)).rejects.toMatchObject({ code: "invalid-model" });
});

test("results are freed when all of a tile are taken", async () => {
  const events: string[] = [];
  const result = (shape: readonly number[]) => ({ shape, values: new Float32Array(63) });
  const session: ModelSession = {
    ...sessionOf(() => undefined),
    run: async ({ x }) => ({ y: result(x.shape), z: result(x.shape) }),
    free: (results) => events.push(`free ${Object.keys(results)}`),
  };
  const sink = (name: string) => ({ channels: 1, take: () => events.push(`take ${name}`) });
  const whole = planTiles(9, 7, undefined, { bytesPerPixel: 1, maxMemoryBytes: 63 });
  await runTiles(session, whole, { inputs: { x: planesSource([ramp]) }, outputs: { y: sink("y"), z: sink("z") } });
  expect(events).toEqual(["take y", "take z", "free y,z"]);
});
