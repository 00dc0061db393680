import { KindlingError } from "@kindling/core";
import type { StoredTensor } from "../checkpoints/stored-tensor.ts";
import { concat, maxPool3, relu, sub } from "../graph/builders.ts";
import { createGraph, type Graph } from "../graph/graph.ts";
import { convolution } from "../graph/layers.ts";
import { anySize } from "../graph/network.ts";
import { createScope, type Scope } from "../graph/scope.ts";
import { constant, input, type Tensor } from "../graph/tensor.ts";
import type { Weight } from "../graph/weights.ts";

// SqueezeNet: Iandola, Han, Moskewicz, Ashraf, Dally and Keutzer, "SqueezeNet: AlexNet-level accuracy with 50x fewer
// parameters", arXiv 1602.07360. Version 1.1 of the authors' code, up to the last layer that still sees a picture. It
// recognises objects; here its layers describe what a picture shows, for losses that compare pictures by content.

/** Mean blue, green and red of the pictures it was trained on. */
const meanColour = [104, 117, 123] as const;

/** Squeezed and expanded channels of fire2 to fire9. */
const fires = [
  [16, 64],
  [16, 64],
  [32, 128],
  [32, 128],
  [48, 192],
  [48, 192],
  [64, 256],
  [64, 256],
] as const;

/**
 * Builds SqueezeNet 1.1 and returns the features of each layer.
 *
 * @param image [batch, 3, height, width], blue, green and red from 0 to 255; 17 px or more each way.
 * @returns `conv1` at half the size, `fire2` and `fire3` at a quarter, `fire4` and `fire5` at an eighth, `fire6` to
 * `fire9` at a sixteenth; each after its ReLU.
 */
export function squeezeNet(scope: Scope, image: Tensor): Record<string, Tensor> {
  const centred = sub(image, constant(meanColour, [3, 1, 1]));
  let x = relu(convolution(scope.at("conv1"), centred, { channels: 64, stride: 2, padding: 0 }));
  const layers: Record<string, Tensor> = { conv1: x };
  for (const [i, [squeezed, expanded]] of fires.entries()) {
    const name = `fire${i + 2}`;
    if (["fire2", "fire4", "fire6"].includes(name)) x = maxPool3(x);
    const conv = (part: string, y: Tensor, channels: number, kernel: number) =>
      relu(convolution(scope.at(name).at(part), y, { channels, kernel }));
    const narrow = conv("squeeze1x1", x, squeezed, 1);
    x = concat([conv("expand1x1", narrow, expanded, 1), conv("expand3x3", narrow, expanded, 3)], 1);
    layers[name] = x;
  }
  return layers;
}

/** Builds SqueezeNet 1.1 as a graph for pictures of any size, with all its layers as outputs. */
export function squeezeNetGraph(): Graph {
  const { batch, height, width } = anySize;
  const image = input("image", [batch, 3, height, width]);
  return createGraph("squeezenet", [image], squeezeNet(createScope(), image));
}

/**
 * Picks the weights of SqueezeNet from tensors named `squeezenet.fire2/expand3x3.weight` and so on.
 *
 * @throws {KindlingError} `invalid-model` where one is missing.
 */
export function squeezeNetWeights(tensors: ReadonlyMap<string, StoredTensor>): Map<string, Weight> {
  return new Map(
    squeezeNetGraph().parameters.map(({ path }) => {
      const end = path.lastIndexOf("/");
      const name = `squeezenet.${path.slice(0, end)}.${path.slice(end + 1)}`;
      const stored = tensors.get(name);
      if (!stored) throw new KindlingError("invalid-model", `These are no weights of SqueezeNet: ${name} is missing.`);
      return [path, { shape: stored.shape, values: new Float32Array(stored.values) }];
    }),
  );
}
