import { createRandom } from "@kindling/core";
import { countMacs, countParameters, createGraph, createScope, encodeOnnx, freeDimension, initialise, input, tilingOf } from "@kindling/nets";
import { createRuntime } from "@kindling/node";
import { ember, emberAnalysis, emberFeatures } from "../packages/nets/src/networks/ember.ts";
const threads = Number(process.argv[2] ?? 2);
const size = [freeDimension("batch"), 3, freeDimension("height"), freeDimension("width")];
const image = input("image", size);
const features = input("features", [freeDimension("batch"), emberFeatures, 1, 1]);
const analysis = createGraph("a", [image, features], { ...emberAnalysis(createScope(), image, features) });
const whole = createGraph("w", [image], { out: ember(createScope(), image) });
console.log("params", countParameters(whole), "GMAC", countMacs(whole, { batch: 1, height: 480, width: 640 }) / 1e9, countMacs(analysis, { batch: 1, height: 480, width: 640 }) / 1e9, tilingOf(analysis));
const runtime = createRuntime();
const r = createRandom(1, "x");
const values = Float32Array.from({ length: 3 * 640 * 480 }, () => r() * 0.3);
const f = { shape: [1, emberFeatures, 1, 1], values: new Float32Array(emberFeatures).fill(0.1) };
for (const [name, graph, feeds] of [["analysis", analysis, { features: f }], ["whole", whole, {}]] as const) {
  const weights = initialise(graph, 1);
  for (const w of weights.values()) { const rr = createRandom(2, "w"); if (w.values.every((v) => v === 0)) w.values.forEach((_, i) => { w.values[i] = (rr() - 0.5) * 0.02; }); }
  const session = await runtime.open(encodeOnnx(graph, weights), { device: "cpu", threads });
  const times: number[] = [];
  for (let i = 0; i < 25; i++) {
    const t = performance.now();
    await session.run({ image: { shape: [1, 3, 480, 640], values }, ...feeds });
    times.push(performance.now() - t);
  }
  times.sort((a, b) => a - b);
  console.log(name, "min", times[0]!.toFixed(1), "median", times[12]!.toFixed(1));
}
