import { expect, test } from "vitest";
import type { Picture } from "../image/picture.ts";
import { tensorOfPicture } from "../runtime/picture-tensor.ts";
import type { ModelSession, ModelTensors } from "../runtime/runtime.ts";
import { runPictureModel } from "./picture-model.ts";

/** A session that doubles its picture, and what it was last given. */
function doubling(inputNames: string[], outputNames: string[], size = 1): ModelSession & { given: ModelTensors } {
  const session = {
    inputNames,
    outputNames,
    device: "cpu" as const,
    given: {} as ModelTensors,
    run: async (inputs: ModelTensors) => {
      session.given = inputs;
      const image = inputs["image"] ?? inputs["x"];
      if (!image) throw new Error("no picture was given");
      const doubled = {
        shape: image.shape.map((side, i) => (i > 1 ? side * size : side)),
        values: image.values.map((v) => v * 2),
      };
      return Object.fromEntries(outputNames.map((name) => [name, doubled]));
    },
    dispose: async () => undefined,
  };
  return session;
}

const rgba: Picture = {
  width: 2,
  height: 1,
  channels: 4,
  samples: Float32Array.of(0.1, 0.2, 0.3, 0.9, 0.4, 0.5, 0.6, 0.8),
};

test("a picture goes in plane by plane, and comes back clipped with its alpha", async () => {
  const session = doubling(["x"], ["y"]);
  const result = await runPictureModel(session, rgba, {});
  expect(session.given).toEqual({ x: { shape: [1, 3, 1, 2], values: Float32Array.of(0.1, 0.4, 0.2, 0.5, 0.3, 0.6) } });
  expect(result.samples).toEqual(Float32Array.of(0.2, 0.4, 0.6, 0.9, 0.8, 1, 1, 0.8));
});

test("grey is given three times, and one mean comes back", async () => {
  const grey: Picture = { width: 1, height: 1, channels: 2, samples: Float32Array.of(0.25, 0.7) };
  expect(tensorOfPicture(grey).values).toEqual(Float32Array.of(0.25, 0.25, 0.25));
  const result = await runPictureModel(doubling(["image"], ["y"]), grey, {});
  expect(result.samples).toEqual(Float32Array.of(0.5, 0.7));
});

test("of several inputs and outputs image and enhanced are taken, the others are numbers", async () => {
  const session = doubling(["ratio", "image"], ["illumination", "enhanced"]);
  await runPictureModel(session, rgba, { ratio: 3 });
  expect(session.given["ratio"]).toEqual({ shape: [1], values: Float32Array.of(3) });
});

test("a model that does not go from picture to picture is refused", async () => {
  await expect(runPictureModel(doubling(["a", "b"], ["y"]), rgba, {})).rejects.toThrow(
    /one must be called image; there are a, b/,
  );
  await expect(runPictureModel(doubling(["x"], ["y"], 2), rgba, {})).rejects.toThrow(
    /gave \[1, 3, 2, 4\] for a picture of \[1, 3, 1, 2\]/,
  );
});
