/**
 * Processor time that the command takes to start: for its help, and for one photo of 640x480 beside the work on it
 * (decoding, opening the method, analysis, relighting, encoding), which is measured in a process of its own.
 *
 * Run: npx tsc -b && npx tsx bench/command-start.ts [another checkout]. The commands of two checkouts take turns. Printed
 * is the least of seven runs, which other work on the machine disturbs least; user and system time of all threads.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import sharp from "sharp";
import { measureNode, runNode } from "./metered-command.ts";

const runs = 7;
const root = fileURLToPath(new URL("..", import.meta.url));
const [other] = process.argv.slice(2);
const checkouts = [...(other === undefined ? [] : [resolve(other)]), root];
const folder = mkdtempSync(join(tmpdir(), "kindling-start-"));
const photo = join(folder, "photo.jpg");
const result = join(folder, "lit");

/** The work on a photo without the command, from a process that has loaded all it needs. */
const workOn = (method: string) => `
  import { createRequire } from "node:module";
  import { encodePhoto, openEnhancer, readPhoto } from ${JSON.stringify(pathToFileURL(join(root, "packages/node/dist/index.js")).href)};
  createRequire(${JSON.stringify(join(root, "packages/node/dist/index.js"))})("sharp");
  const before = process.cpuUsage();
  const enhancer = await openEnhancer({ method: ${JSON.stringify(method)} });
  const scene = await enhancer.analyse(await readPhoto(${JSON.stringify(photo)}));
  await encodePhoto(await scene.relight({}), {});
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(String((user + system) / 1000));`;

/** Processor time of a command of a checkout, in milliseconds. */
function costOf(checkout: string, words: readonly string[]): number {
  rmSync(result, { recursive: true, force: true });
  return measureNode(join(checkout, "apps/cli/bin/kindling.js"), ...words).processorMs;
}

const least = (values: readonly number[]) => Math.min(...values).toFixed(0);

try {
  await sharp(join(root, "examples/photos/street-after-rain.jpg"))
    .resize({ width: 640, height: 480, fit: "fill" })
    .jpeg()
    .toFile(photo);
  const enhance = ["enhance", photo, "-o", result];
  const commands = [["--version"], ["--help"], ["enhance", "--help"], enhance, [...enhance, "-m", "clahe"]];
  console.log(`Node ${process.version}, ${process.arch}; least of ${runs} runs, ms of processor time.\n`);
  console.log(`| command | ${checkouts.map((_, i) => (i === checkouts.length - 1 ? "here" : "there")).join(" | ")} |`);
  console.log(`| --- |${" ---: |".repeat(checkouts.length)}`);
  for (const words of commands) {
    const costs = checkouts.map((): number[] => []);
    for (let i = 0; i < runs; i++) for (const [k, at] of checkouts.entries()) costs[k]?.push(costOf(at, words));
    const name = words.map((word) => (word === photo ? "photo.jpg" : word === result ? "lit" : word)).join(" ");
    console.log(`| kindling ${name} | ${costs.map(least).join(" | ")} |`);
  }
  for (const method of ["ember", "clahe"]) {
    const costs = Array.from({ length: runs }, () => Number(runNode("--input-type=module", "--eval", workOn(method))));
    console.log(`| the work of ${method} in it | ${checkouts.map(() => least(costs)).join(" | ")} |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
