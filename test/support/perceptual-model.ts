import { constant, conv, createGraph, encodeOnnx, freeDimension, input } from "@kindling/nets";

/** An ONNX file whose layer `features` losses can compare pictures by. */
export function perceptualModel(): Uint8Array {
  const image = input("image", [1, 3, freeDimension("height"), freeDimension("width")]);
  const weight = constant(
    Float32Array.from({ length: 108 }, (_, i) => Math.sin(i) / 100),
    [4, 3, 3, 3],
  );
  return encodeOnnx(createGraph("backbone", [image], { features: conv(image, weight) }), new Map());
}
