/**
 * Processor time of Ember's analysis at 640x480 on one thread, with weights in floats and in whole numbers of 8 bits, in
 * turns, so that other work on the machine meets both alike.
 *
 * Run: npx tsx bench/int8.ts [tag...]. Prints the least and the median of ten runs for each tag.
 */
import { createRandom } from "@kindling/core";
import { openModelStore, openSession } from "@kindling/node";

const [runs, height, width] = [10, 480, 640];
const tags = process.argv.length > 2 ? process.argv.slice(2) : ["free", "int8"];
const store = openModelStore();
const random = createRandom(1, "bench");
const noise = (count: number, most: number) => Float32Array.from({ length: count }, () => most * random());
const inputs = {
  image: { shape: [1, 3, height, width], values: noise(3 * height * width, 0.2) },
  features: { shape: [1, 64, 1, 1], values: noise(64, 1) },
};
const candidates = await Promise.all(
  tags.map(async (tag) => {
    const model = await store.load(await store.manifest("ember", tag), "analysis");
    return { tag, session: await openSession(model, { device: "cpu", threads: 1 }), ms: [] as number[] };
  }),
);
for (let run = 0; run <= runs; run++) {
  for (const { session, ms } of candidates) {
    const before = process.cpuUsage();
    await session.run(inputs);
    const { user, system } = process.cpuUsage(before);
    // The first run pays for memory that the others find there.
    if (run > 0) ms.push((user + system) / 1000);
  }
}
for (const { tag, ms } of candidates) {
  ms.sort((a, b) => a - b);
  console.log(`${tag}: least ${ms[0]?.toFixed(1)} ms, median ${ms[Math.floor(runs / 2)]?.toFixed(1)} ms`);
}
