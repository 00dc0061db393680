// Define a network of three layers, export it as an ONNX file, and run it: `npx tsx examples/03-define-a-network.ts`.
import { writeFileSync } from "node:fs";
import * as nets from "@kindling/nets";
import { openSession } from "@kindling/node";

const { batch, height, width } = nets.anySize;
const image = nets.input("image", [batch, 3, height, width]);

const net = nets.createScope().at("three-layers");
const features = nets.relu(nets.convolution(net.at("conv1"), image, { channels: 16 })); // [n, 16, h, w]
const mixed = nets.relu(nets.convolution(net.at("conv2"), features, { channels: 16 })); // [n, 16, h, w]
const brighter = nets.sigmoid(nets.convolution(net.at("conv3"), mixed, { channels: 3 })); // [n, 3, h, w]

const graph = nets.createGraph("three-layers", [image], { brighter });
const file = nets.encodeOnnx(graph, nets.initialise(graph, 1));
writeFileSync(process.argv[2] ?? "three-layers.onnx", file);

const session = await openSession(file);
const { brighter: result } = await session.run({
  image: { shape: [1, 3, 4, 6], values: new Float32Array(72).fill(0.2) },
});
console.log(result);
