import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);

/** Whether the C library is glibc, whose behaviour this is about. */
const isGlibc = "glibcVersionRuntime" in (process.report.getReport() as { readonly header: object }).header;

/** Fresh pages that a process of its own takes for 20 times four results of 9 MB, which are freed together. */
async function countFreshPages(isKept: boolean): Promise<number> {
  const built = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const program = `
    import { setImmediate as turn } from "node:timers/promises";
    const { freeValues } = await import(${built("../../../core/dist/internal.js")});
    const { keepFreedMemory } = await import(${built("../../dist/runtime/keep-freed-memory.js")});
    if (${isKept}) keepFreedMemory();
    const work = async (times) => {
      for (let i = 0; i < times; i++) {
        const results = [1, 2, 3, 4].map((value) => new Float32Array(2.25e6).fill(value));
        for (const values of results) freeValues(values);
        await turn();
      }
    };
    await work(5);
    const before = process.resourceUsage().minorPageFault;
    await work(20);
    console.log(process.resourceUsage().minorPageFault - before);`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program]);
  return Number(stdout);
}

it.skipIf(!isGlibc)("memory of freed results is there for the next ones", async () => {
  const [kept, given] = await Promise.all([countFreshPages(true), countFreshPages(false)]);
  expect(kept).toBeLessThan(0.2 * given);
});
