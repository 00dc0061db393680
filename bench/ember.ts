/**
 * How long Ember and KinD take for a photo in the pipeline: analysis, which is done once, and relighting, which is done
 * at every move of the slider. From picture to picture, without reading and writing files.
 *
 * Run: npx tsx bench/ember.ts [threads] [methods...]. Prints Markdown. Each row is a process of its own, so that its peak
 * memory is its own. Weights are fresh: how
 * long it takes does not depend on them.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRandom, type Photo } from "@kindling/core";
import { encodeOnnx, findNetwork, initialise, modelParts } from "@kindling/nets";
import { openEnhancer, writeModel } from "@kindling/node";

interface Measured {
  readonly analyseMs: number;
  readonly relightMs: number;
  readonly peakMB: number;
}

const sizes = { "640x480": [640, 480, 15], "4000x3000": [4000, 3000, 1] } as const;

const [threads = "2", method, size] = process.argv.slice(2);
if (method && size && size in sizes) {
  console.log(JSON.stringify(await measure(method, sizes[size as keyof typeof sizes])));
} else printTable(process.argv.slice(3));

function printTable(methods: readonly string[]): void {
  console.log(`Node ${process.version}, ${process.arch}, ${threads} threads.\n`);
  console.log("| method | photo | analysis, median ms | relighting, median ms | peak memory MB |");
  console.log("| --- | --- | ---: | ---: | ---: |");
  for (const name of methods.length > 0 ? methods : ["ember", "kind"]) {
    for (const photo of Object.keys(sizes)) {
      const words = [...process.execArgv, fileURLToPath(import.meta.url), threads, name, photo];
      const { analyseMs, relightMs, peakMB } = JSON.parse(String(execFileSync(process.execPath, words))) as Measured;
      console.log(`| ${name} | ${photo} | ${analyseMs.toFixed(0)} | ${relightMs.toFixed(0)} | ${peakMB.toFixed(0)} |`);
    }
  }
}

async function measure(name: string, [width, height, times]: readonly [number, number, number]): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "kindling-bench-"));
  try {
    await addFresh(folder, name);
    const enhancer = await openEnhancer({ method: name, device: "cpu", threads: Number(threads), models: folder });
    const photo = noise(width, height);
    const [analyse, relight]: [number[], number[]] = [[], []];
    // The first run pays for memory that the others find there.
    for (let i = 0; i <= times; i++) {
      const started = performance.now();
      const scene = await enhancer.analyse(photo);
      const analysed = performance.now();
      await scene.relight({ light: 3 });
      if (i === 0 && times > 1) continue;
      analyse.push(analysed - started);
      relight.push(performance.now() - analysed);
    }
    await enhancer.close();
    return { analyseMs: median(analyse), relightMs: median(relight), peakMB: process.resourceUsage().maxRSS / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function addFresh(folder: string, network: string): Promise<void> {
  const parts = Object.entries(modelParts[network] ?? {}).map(([part, { network: graphName }]) => {
    const graph = findNetwork(graphName).build();
    return [part, encodeOnnx(graph, initialise(graph, 1))] as const;
  });
  const card = { title: network, about: "Untrained.", licence: "none", trainedOn: [], parameters: 1 };
  await writeModel(folder, { network, tag: "fresh", ...card }, Object.fromEntries(parts));
}

function noise(width: number, height: number): Photo {
  const random = createRandom(1, "bench");
  const samples = Float32Array.from({ length: 3 * width * height }, () => 0.2 * random());
  const picture = { width, height, channels: 3 as const, samples };
  return { picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
