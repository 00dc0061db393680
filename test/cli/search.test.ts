import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jsonLines, runKindling, runKindlingHere } from "../support/run-kindling.ts";
import { dataOf, stepOf } from "../support/training-run.ts";

/** A search of seconds. */
const small = (data: string, out: string) => [
  ...["search", "msr-net", "--pairs", data, "--validate", data, "--validation-pairs", "1", "--validation-side", "16"],
  ...["--steps", "4", "--batch", "1", "--crop", "16", "--threads", "1", "-o", out],
];

test("kindling search trains every combination, halves, goes on where it was stopped, and its runs enhance photos", async () => {
  const data = await dataOf(["a", "b"]);
  const out = join(data, "..", "search");
  const grid = ["--grid", "K=2,3", "v=1:30", "--halve"];
  const { status, stdout, stderr } = await runKindling([...small(data, out), ...grid]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("round 1 of 2: 2 trainings to step 2");
  expect(stdout.match(/compared on pairs that they are trained on/g)).toHaveLength(1);
  expect(stdout).toMatch(/Best: .*search.K=[23],v=1-30/);
  expect(stdout).toMatch(/\| 1 +\| +[23] \| 1:30 \|/);
  const steps = ["K=2,v=1-30", "K=3,v=1-30"].map((name) => stepOf(join(out, name)));
  expect(steps.toSorted()).toEqual([2, 4]);
  expect(readFileSync(join(out, "search.html"), "utf8")).toContain("Search for msr-net");
  expect(readFileSync(join(out, "search.csv"), "utf8").trim().split("\r\n")).toHaveLength(3);

  // The better one again from its first round, as after a kill: what is there is not trained again.
  const best = steps[0] === 4 ? "K=2,v=1-30" : "K=3,v=1-30";
  const weights = readFileSync(join(out, best, "checkpoint.safetensors"));
  rmSync(join(out, best), { recursive: true });
  const resumed = await runKindlingHere(["search", "--resume", "-o", out, "--threads", "1", "--json"]);
  expect({ status: resumed.status, stderr: resumed.stderr }).toEqual({ status: 0, stderr: "" });
  const trained = jsonLines(resumed.stdout).flatMap(({ event, trial }) => (event === "training" ? [trial] : []));
  expect([...new Set(trained)]).toEqual([best]);
  expect(readFileSync(join(out, best, "checkpoint.safetensors")).equals(weights)).toBe(true);

  // Pauses leave no trace: it is the training that kindling train makes of the same settings.
  const straight = join(data, "..", "straight");
  const words = small(data, straight).with(0, "train");
  const settings = ["--set", best.split(",")[0]!, "v=1:30"];
  expect(await runKindlingHere([...words, ...settings])).toMatchObject({ status: 0, stderr: "" });
  expect(readFileSync(join(straight, "checkpoint.safetensors")).equals(weights)).toBe(true);

  const photo = join(data, "low", "a.png");
  const enhanced = await runKindlingHere(["enhance", photo, "-m", join(out, best), "-o", join(out, "enhanced")]);
  expect({ status: enhanced.status, stderr: enhanced.stderr }).toEqual({ status: 0, stderr: "" });
  const manifest = JSON.parse(readFileSync(join(out, best, "msr-net", "trained.json"), "utf8"));
  expect(manifest.parts.whole).toMatchObject({ haloPx: best.startsWith("K=2") ? 3 : 4, alignmentPx: 1 });
  // Its files say which structure they are of.
  const imported = await runKindlingHere([
    "import",
    "msr-net",
    join(out, best),
    "-o",
    join(out, "imported.onnx"),
    "--json",
  ]);
  expect(imported.stderr).toBe("");
  expect(jsonLines(imported.stdout)[0]).toMatchObject({ network: `msr-net+v=1:30+${best.split(",")[0]}` });
});

test.each([
  [["--grid", "depth=3"], /--grid: msr-net has no setting depth; known are v, K, lambda, preset, steps/],
  [[], /--grid: expected settings with values/],
  [["--grid", "K"], /--grid: expected name=values, such as K=6,10,14/],
  [["--grid", "K=2", "--by", "taste"], /--by taste: expected psnr, ssim, gtMeanPsnr, gtMeanSsim/],
])("kindling search %j is refused and leaves nothing", async (words, reason) => {
  const data = await dataOf(["a"]);
  const out = join(data, "..", "search");
  const { status, stderr } = await runKindlingHere([...small(data, out), ...words]);
  expect(stderr).toMatch(reason);
  expect(status).toBe(2);
  expect(existsSync(out)).toBe(false);
});
