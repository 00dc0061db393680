// Train a small network on the sample pairs, then light a photo with it.   npx tsx examples/04-train-a-network.ts [run] [steps]
import { fileURLToPath } from "node:url";
import { meanLuminance, openEnhancer, readPhoto } from "@kindling/node";
import { trainOnDisk } from "@kindling/node/lab";
import { findSystem } from "@kindling/systems";

const [out = "runs/example", steps = "60"] = process.argv.slice(2);
const pairs = fileURLToPath(new URL("./pairs.csv", import.meta.url));

await trainOnDisk({
  system: findSystem("msr-net"),
  pairs: [pairs],
  out,
  steps: Number(steps),
  batch: 4,
  report: (event) => {
    if (event.event === "step") console.log(`step ${event.step}: loss ${event.terms["total"]?.toFixed(0)}`);
  },
});

// The run's folder holds the network as a model, too.
const enhancer = await openEnhancer({ method: "msr-net.trained", models: out });
const photo = await readPhoto(fileURLToPath(new URL("./photos/still-life.jpg", import.meta.url)));
const lit = await (await enhancer.analyse(photo)).relight();
console.log(`mean luminance ${meanLuminance(photo.picture).toFixed(4)} -> ${meanLuminance(lit.picture).toFixed(4)}`);
await enhancer.close();
