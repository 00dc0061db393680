import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SpeedReport } from "@kindling/node/lab";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { jsonLines, runKindling, scratchFolder } from "../support/run-kindling.ts";

/** Which weights are quicker is for this machine to say; nothing here depends on it. */
test("ember.fastest measures both weights once, keeps the times, and is the weights that it names", async () => {
  const [folder, cache] = [scratchFolder(), join(scratchFolder(), "cache")];
  const photo = join(folder, "dark.png");
  await writeDarkPhoto(photo, { width: 60, height: 40 });
  const enhance = (method: string, ...words: string[]) =>
    runKindling(
      ["enhance", photo, "-o", join(folder, method), "-m", method, "--device", "cpu", ...words],
      ["env", `KINDLING_CACHE_DIR=${cache}`],
    );
  const first = await enhance("ember.fastest", "--json");
  expect(first.status).toBe(0);
  const [name = "", ...others] = readdirSync(cache);
  expect(others).toEqual([]);
  const path = join(cache, name);
  const kept = JSON.parse(readFileSync(path, "utf8")) as { ms: Record<string, number> };
  const { "ember.free": floats = 0, "ember.int8": integers = 0, ...rest } = kept.ms;
  expect([floats > 0, integers > 0, rest]).toEqual([true, true, {}]);
  const chosen = integers < 0.9 * floats ? "ember.int8" : "ember.free";
  expect(jsonLines(first.stdout)[1]).toMatchObject({ event: "enhanced", method: chosen });
  const pinned = await enhance(chosen);
  expect(pinned.stderr).toBe("");
  const bytesOf = (method: string) => readFileSync(join(folder, method, "dark.png"));
  expect(bytesOf("ember.fastest").equals(bytesOf(chosen))).toBe(true);
  // Times that say the opposite decide the next command, which therefore did not measure.
  const other = chosen === "ember.int8" ? "ember.free" : "ember.int8";
  const flipped = { "ember.free": other === "ember.int8" ? 2 : 1, "ember.int8": 1 };
  writeFileSync(path, JSON.stringify({ ...kept, ms: flipped }));
  const again = await enhance("ember.fastest");
  expect(again).toMatchObject({ status: 0, stderr: `ember.fastest: using ${other}.\n` });
  expect(again.stdout).toContain("1 enhanced");
  // The bench measures anew and names the weights in its table.
  const bench = ["bench", "ember.fastest", "--size", "64x48", "--device", "cpu", "--json"];
  const { stdout } = await runKindling(bench, ["env", `KINDLING_CACHE_DIR=${cache}`]);
  const anew = (JSON.parse(readFileSync(path, "utf8")) as typeof kept).ms;
  expect(anew).not.toEqual(flipped);
  const quickest = (anew["ember.int8"] ?? 0) < 0.9 * (anew["ember.free"] ?? 0) ? "ember.int8" : "ember.free";
  expect((JSON.parse(stdout) as SpeedReport).rows.map(({ method }) => method)).toEqual([quickest]);
}, 300_000);
