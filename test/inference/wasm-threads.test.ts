import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  convolution,
  createGraph,
  createScope,
  encodeOnnx,
  freeDimension,
  initialise,
  input,
  maxPool2,
  type Tensor,
} from "@kindling/nets";
import { openWasmSession, type StepThreads } from "@kindling/nets/inference";
import { repeatEdgeToMultiple } from "@kindling/nets/internal";
import { expect, onTestFinished, test } from "vitest";
import { largestDifference, patterned } from "../support/run-graph.ts";
import { startStepThreads } from "../support/step-threads.ts";

const models = fileURLToPath(new URL("../../models/", import.meta.url));
const picture = input("image", [1, 3, freeDimension("height"), freeDimension("width")]);
const scope = createScope();
const graphOf = (result: Tensor) => createGraph("tried", [picture], { result });

test("threads that share the work give the same, run after run", async () => {
  const threads = startStepThreads(3);
  onTestFinished(() => threads.end());
  const bytes = new Uint8Array(readFileSync(`${models}ember/free.context.onnx`));
  const [alone, together] = [await openWasmSession(bytes), await openWasmSession(bytes, async () => threads)];
  for (const side of [24, 58, 24]) {
    const feeds = patterned({ coarse: [1, 64, side, side], features: [1, 64, 1, 1] });
    const { context: wanted } = (await alone?.run(feeds)) ?? {};
    const { context: got } = (await together?.run(feeds)) ?? {};
    expect(largestDifference(got?.values ?? [], wanted?.values ?? [])).toBe(0);
  }
});

test.each(["a run", "being given a network"])("threads that fail in %s leave the work to one thread", async (when) => {
  const bytes = new Uint8Array(readFileSync(`${models}ember/free.context.onnx`));
  let runs = 0;
  const failing: StepThreads = {
    count: 2,
    async attach(_, memory) {
      if (when !== "a run") throw new Error("It fails.");
      return {
        async run() {
          runs++;
          // What was begun lies half done in memory.
          new Uint8Array(memory.buffer).fill(0xff);
          throw new Error("It fails.");
        },
        detach: () => undefined,
      };
    },
  };
  const [alone, together] = [await openWasmSession(bytes), await openWasmSession(bytes, async () => failing)];
  for (const side of [24, 58]) {
    const feeds = patterned({ coarse: [1, 64, side, side], features: [1, 64, 1, 1] });
    const { context: wanted } = (await alone?.run(feeds)) ?? {};
    const { context: got } = (await together?.run(feeds)) ?? {};
    expect(largestDifference(got?.values ?? [], wanted?.values ?? [])).toBe(0);
  }
  expect(runs).toBe(when === "a run" ? 1 : 0);
});

test("threads are asked for only for a network that they make quicker", async () => {
  const square = input("image", [1, 3, 8, 8]);
  const small = createGraph("small", [square], { result: convolution(scope.at("p"), square, { channels: 4 }) });
  const other = graphOf(maxPool2(repeatEdgeToMultiple(picture, 16)));
  const large = graphOf(convolution(scope.at("q"), picture, { channels: 64 }));
  const asked: string[] = [];
  for (const [name, graph] of Object.entries({ small, other, large })) {
    await openWasmSession(encodeOnnx(graph, initialise(graph, 1)), async () => void asked.push(name));
  }
  expect(asked).toEqual(["large"]);
});

test("a session that is closed while it runs ends the run before its threads forget it", async () => {
  const graph = graphOf(convolution(scope.at("p"), picture, { channels: 4 }));
  const happened: string[] = [];
  const attached = {
    async run() {
      await Promise.resolve();
      happened.push("ran");
    },
    detach: () => happened.push("detached"),
  };
  const threads = { count: 1, attach: async () => attached };
  const session = await openWasmSession(encodeOnnx(graph, initialise(graph, 1)), async () => threads);
  const ran = session?.run(patterned({ image: [2, 3, 8, 8] }));
  await session?.dispose();
  await ran;
  expect(happened).toEqual(["ran", "ran", "detached"]);
});
