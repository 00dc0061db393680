import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { measureNode, runNode } from "../metered-command.ts";
import { type Bench, commandOf, leastInTurns } from "../report/bench.ts";
import type { Row, Table } from "../report/table.ts";
import { vga, writePhoto } from "./photos-to-measure.ts";

/**
 * Measures what the command takes to start: for its help, and for one photo of 640x480 beside the work on it (opening the
 * method, decoding, analysis, relighting, encoding), which is measured in a process that has loaded all it needs.
 */
export async function measureStart(bench: Bench): Promise<Table> {
  const photo = join(bench.folder, "photo.jpg");
  const result = join(bench.folder, "lit");
  await writePhoto(photo, vga);
  const enhance = ["enhance", photo, "-o", result];
  // A start is short.
  const runs = bench.isQuick ? 1 : 7;
  const rows: Row[] = [];
  const add = async (name: string, measure: (checkout: string) => { processorMs: number; wallMs: number }) => {
    const figure = await leastInTurns(bench, { doing: name, runs }, measure);
    rows.push({ words: [name], figures: [figure("processorMs"), figure("wallMs")] });
  };
  for (const words of [["--version"], ["--help"], ["enhance", "--help"], enhance, [...enhance, "-m", "clahe"]]) {
    const name = words.map((word) => (word === photo ? "photo.jpg" : word === result ? "lit" : word)).join(" ");
    await add(`kindling ${name}`, (checkout) => {
      rmSync(result, { recursive: true, force: true });
      return measureNode(commandOf(checkout), ...words);
    });
  }
  for (const method of ["ember", "clahe"]) {
    await add(`the work of ${method} in it`, (checkout) =>
      JSON.parse(runNode("--input-type=module", "--eval", workOn(checkout, photo, method))),
    );
  }
  return {
    title: "Starting",
    about: `From the start of a command to its end, with a photo of 640x480; least of ${runs} runs. An empty process of Node is a part.`,
    words: ["command"],
    figures: [
      { head: "processor ms", digits: 0 },
      { head: "ms", digits: 0 },
    ],
    rows,
  };
}

/** A program that does the work on a photo without the command, and prints its cost. */
function workOn(checkout: string, photo: string, method: string): string {
  const entry = join(checkout, "packages/node/dist/index.js");
  return `
    import { createRequire } from "node:module";
    import { encodePhoto, openEnhancer, readPhoto } from ${JSON.stringify(pathToFileURL(entry).href)};
    createRequire(${JSON.stringify(entry)})("sharp");
    const [before, startedAt] = [process.cpuUsage(), performance.now()];
    const enhancer = await openEnhancer({ method: ${JSON.stringify(method)} });
    const scene = await enhancer.analyse(await readPhoto(${JSON.stringify(photo)}));
    await encodePhoto(await scene.relight({}), {});
    const wallMs = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(JSON.stringify({ processorMs: (user + system) / 1000, wallMs }));`;
}
