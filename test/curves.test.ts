import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { scratchFolder } from "./support/run-kindling.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

function drawn(...words: string[]): string {
  const file = join(scratchFolder(), "curves.svg");
  const script = ["--import", "tsx", join(root, "scripts/draw-curves.ts"), file, ...words];
  execFileSync(process.execPath, script, { cwd: root });
  return readFileSync(file, "utf8");
}

/** The points of every line, from left to right. */
function linesOf(svg: string): [number, number][][] {
  return [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) =>
    points.split(" ").map((point) => point.split(",").map(Number) as [number, number]),
  );
}

test("curves of several trainings go into one small image with their names", () => {
  const run = scratchFolder();
  const rows = Array.from({ length: 1000 }, (_, i) => `split,${i + 1},${1 / (i + 1)},${i % 100 === 99 ? i / 100 : ""}`);
  writeFileSync(join(run, "metrics.csv"), `stage,step,total,validation-psnr\n${rows.join("\n")}\nlight,1,5,6\n`);
  const svg = drawn(run, `a < b=${run}`, "--stage", "split", "--up", "PSNR, dB");
  const [first, second, ...more] = linesOf(svg);
  expect(more).toEqual([]);
  expect(first).toHaveLength(10);
  expect(first).toEqual(second);
  for (const [i, [x, y]] of first.slice(1).entries()) {
    expect(x).toBeGreaterThan(first[i][0]);
    expect(y).toBeLessThan(first[i][1]);
  }
  expect(svg).toContain("a &lt; b");
  expect(svg).toContain("PSNR, dB");
  // What stands by itself needs neither a page's variables nor much room.
  expect(svg).not.toContain("var(");
  const [loss] = linesOf(drawn(run, "--stage", "split", "--column", "total", "--logarithmic"));
  expect(loss.length).toBeLessThanOrEqual(150);
});
