// Define a network of three layers, export it as an ONNX file, and run it: `npx tsx examples/define-a-network.ts`.
import { writeFileSync } from "node:fs";
import {
  anySize,
  convolution,
  createGraph,
  createScope,
  encodeOnnx,
  initialise,
  input,
  relu,
  sigmoid,
} from "@kindling/nets";
import { openSession } from "@kindling/node";

const { batch, height, width } = anySize;
const image = input("image", [batch, 3, height, width]);

const net = createScope().at("three-layers");
const features = relu(convolution(net.at("conv1"), image, { channels: 16 })); // [n, 16, h, w]
const mixed = relu(convolution(net.at("conv2"), features, { channels: 16 })); // [n, 16, h, w]
const brighter = sigmoid(convolution(net.at("conv3"), mixed, { channels: 3 })); // [n, 3, h, w]

const graph = createGraph("three-layers", [image], { brighter });
const file = encodeOnnx(graph, initialise(graph, 1));
writeFileSync(process.argv[2] ?? "three-layers.onnx", file);

const session = await openSession(file);
const { brighter: picture } = await session.run({
  image: { shape: [1, 3, 4, 6], values: new Float32Array(72).fill(0.1) },
});
console.log(picture);
