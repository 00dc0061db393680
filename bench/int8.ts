/**
 * Processor time of Ember's analysis at 640x480 on one thread, with weights in floats and in whole numbers of 8 bits, in
 * turns, so that other work on the machine meets both alike.
 *
 * Run: npx tsx bench/int8.ts [tag...]. Prints the least and the median of ten runs for each tag.
 */
import { createRandom, type ModelSession, type ModelTensor, type ModelTensors } from "@kindling/core";
import { openModelStore, openSession } from "@kindling/node";

const [runs, height, width] = [10, 480, 640];
const tags = process.argv.length > 2 ? process.argv.slice(2) : ["free", "int8"];
const store = openModelStore();
const random = createRandom(1, "bench");
const noise = (count: number, most: number) => Float32Array.from({ length: count }, () => most * random());
const inputs: ModelTensors = {
  image: { shape: [1, 3, height, width], values: noise(3 * height * width, 0.2) },
  features: { shape: [1, 64, 1, 1], values: noise(64, 1) },
};
const candidates = await Promise.all(
  tags.map(async (tag) => {
    const manifest = await store.manifest("ember", tag);
    const sessions: ModelSession[] = [];
    for (const part of ["encoder", "context", "decoder"]) {
      sessions.push(await openSession(await store.load(manifest, part), { device: "cpu", threads: 1 }));
    }
    return { tag, sessions, ms: [] as number[] };
  }),
);
for (let run = 0; run <= runs; run++) {
  for (const { sessions, ms } of candidates) {
    const before = process.cpuUsage();
    let known = inputs;
    for (const session of sessions) {
      const given = session.inputNames.map((name) => [name, known[name] as ModelTensor]);
      known = { ...known, ...(await session.run(Object.fromEntries(given))) };
    }
    const { user, system } = process.cpuUsage(before);
    // The first run pays for memory that the others find there.
    if (run > 0) ms.push((user + system) / 1000);
  }
}
for (const { tag, ms } of candidates) {
  ms.sort((a, b) => a - b);
  console.log(`${tag}: least ${ms[0]?.toFixed(1)} ms, median ${ms[Math.floor(runs / 2)]?.toFixed(1)} ms`);
}
