// Batches a second that training data can give, from memory and from files.
//   npx tsx bench/training-data.ts <pairs> [split]      after npm run build
import { crop, dihedrals } from "@kindling/lab";
import { openBatches } from "@kindling/node/lab/internal";

const [pairs, split] = process.argv.slice(2);
if (pairs === undefined) throw new Error("Name a folder of pairs.");

for (const [batchSize, cropPx] of [
  [10, 48],
  [4, 384],
] as const) {
  for (const budgetBytes of [undefined, 0]) {
    const openedAt = performance.now();
    const draw = { seed: 1, batchSize, cropPx, augmentations: dihedrals };
    const feeds = { low: crop("dark"), high: crop("bright") };
    const data = await openBatches(
      { kind: "aligned", pairs: [pairs], split, anyTwoExposures: false, feeds, stretch: true, draw },
      { budgetBytes },
    );
    const openSeconds = (performance.now() - openedAt) / 1000;
    data.recycle(await data.batch(0));
    const steps = budgetBytes === undefined ? 300 : 30;
    const startedAt = performance.now();
    for (let step = 1; step <= steps; step++) data.recycle(await data.batch(step));
    const rate = steps / ((performance.now() - startedAt) / 1000);
    await data.close();
    const { items, keptPhotos, keptBytes } = data.summary;
    const place = `${keptPhotos} photos in memory (${(keptBytes / 1e6).toFixed(0)} MB)`;
    console.log(
      `${batchSize} pairs of ${cropPx} x ${cropPx} px: ${rate.toFixed(1)} batches/s; ${items} items, ${place}, checked in ${openSeconds.toFixed(1)} s`,
    );
  }
}
