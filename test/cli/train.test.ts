import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { createRandom } from "@kindling/core";
import { decodeOnnx } from "@kindling/nets";
import { requireWeights } from "@kindling/nets/internal";
import { describe, expect, test } from "vitest";
import { samplePair, writePng } from "../support/pair-data.ts";
import { jsonLines, outcomeOf, runKindling, runKindlingHere, startKindling } from "../support/run-kindling.ts";
import { dataOf, metricsOf, small, stepOf, tensorsOf } from "../support/training-run.ts";

/** Runs the command until it tells of a step, and ends it there by a signal. */
async function endedAt(words: readonly string[], stage: string, step: number, signal: "SIGKILL" | "SIGINT") {
  const child = startKindling(words);
  let told = "";
  child.stdout?.on("data", (chunk) => {
    told += chunk;
    // Once: a second Ctrl-C means to end at once.
    if (!child.killed && told.includes(`"event":"step","stage":"${stage}","step":${step},`)) child.kill(signal);
  });
  return outcomeOf(child);
}

describe("a training that is resumed", () => {
  test("ends with the same bytes as one that was never stopped, after a kill and after Ctrl-C", async () => {
    const data = await dataOf();
    const names = ["straight", "killed", "behind", "stopped"];
    const [straight, killed, behind, stopped] = names.map((name) => join(data, "..", name));
    const often = ["--checkpoint-minutes", "0", "--validate", "val", "--validate-every", "8"];
    expect(await runKindlingHere([...small(data, straight), ...often])).toMatchObject({ status: 0, stderr: "" });

    expect((await endedAt([...small(data, killed), ...often], "msr-net", 20, "SIGKILL")).status).toBe(null);
    expect(stepOf(killed)).toBeGreaterThanOrEqual(5);
    expect(stepOf(killed)).toBeLessThan(40);
    const seldom = ["--checkpoint-minutes", "60", "--validate", "val", "--validate-every", "8"];
    // Killed with more rows in its table than its only checkpoint knows of, the last one cut in two.
    await endedAt([...small(data, behind), ...seldom], "msr-net", 9, "SIGKILL");
    expect([stepOf(behind), metricsOf(behind).length]).toEqual([0, 8]);
    appendFileSync(join(behind, "metrics.csv"), "msr-net,0");
    expect((await endedAt([...small(data, stopped), ...seldom], "msr-net", 20, "SIGINT")).status).toBe(130);
    expect(stepOf(stopped)).toBeGreaterThanOrEqual(20);

    const whole = readFileSync(join(straight, "checkpoint.safetensors"));
    for (const run of [killed, behind, stopped]) {
      expect(await runKindling(["train", "--resume", "-o", run, "--json"])).toMatchObject({ status: 0, stderr: "" });
      expect(readFileSync(join(run, "checkpoint.safetensors")).equals(whole)).toBe(true);
      expect(metricsOf(run)).toEqual(metricsOf(straight));
      expect(readFileSync(join(run, "msr-net.onnx")).equals(readFileSync(join(straight, "msr-net.onnx")))).toBe(true);
    }
  }, 180_000);

  test("goes on in the stage it was killed in, with what the stages before it learnt", async () => {
    const data = await dataOf();
    const words = (out: string) => [
      ...["train", "retinex-net", "--pairs", data, "--steps", "4", "--batch", "2", "--crop", "16", "--json"],
      ...["-j", "1", "-o", out, "--checkpoint-minutes", "0"],
    ];
    const [straight, killed] = ["straight", "killed"].map((name) => join(data, "..", name));
    expect(await runKindling(words(straight))).toMatchObject({ status: 0, stderr: "" });
    await endedAt(words(killed), "relight", 2, "SIGKILL");
    expect(tensorsOf(killed).get("progress/stage")?.values[0]).toBe(1);
    expect(stepOf(killed)).toBeLessThan(4);
    expect(await runKindling(["train", "retinex-net", "--resume", "-o", killed])).toMatchObject({ status: 0 });
    for (const file of ["checkpoint.safetensors", "retinex-net.onnx"]) {
      expect(readFileSync(join(killed, file)).equals(readFileSync(join(straight, file))), file).toBe(true);
    }
    expect(metricsOf(killed)).toEqual(metricsOf(straight));
  });

  test("has lost nothing but the steps since its last checkpoint, whenever it is killed", async () => {
    const data = await dataOf();
    const random = createRandom(3, "moments");
    for (let attempt = 0; attempt < 3; attempt++) {
      const run = join(data, "..", `run-${attempt}`);
      const child = startKindling([...small(data, run, 100_000), "--checkpoint-minutes", "0"]);
      const ended = outcomeOf(child);
      // Counted from the first step, so that a busy machine does not move every moment before it.
      await new Promise<void>((resolve) => {
        child.stdout?.on("data", (chunk) => {
          if (String(chunk).includes('"event":"step"')) resolve();
        });
      });
      await new Promise((resolve) => setTimeout(resolve, 1000 * random()));
      child.kill("SIGKILL");
      const lines = (await ended).stdout.split("\n").slice(0, -1);
      const saved = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "saved");
      const last = saved.at(-1)?.step ?? 0;
      expect([last, last + 1]).toContain(stepOf(run));
    }
  });

  test("does not become another training on the way", async () => {
    const data = await dataOf();
    const run = join(data, "..", "run");
    await runKindlingHere(small(data, run, 2));
    const changed = await runKindlingHere(["train", "--resume", "-o", run, "--rate", "0.5"]);
    expect(changed).toMatchObject({ status: 2 });
    expect(changed.stderr).toMatch(/--rate 0\.5: this run has .*0\.001/);
    expect((await runKindlingHere(["train", "gladnet", "--resume", "-o", run])).stderr).toMatch(
      /trains msr-net, not gladnet/,
    );
    expect((await runKindlingHere(small(data, run))).stderr).toMatch(/there is a run in this folder.*--resume/);
    expect((await runKindlingHere(["train", "--resume", "-o", join(run, "none")])).stderr).toMatch(/run\.yaml/);
  });
});

describe("kindling train", () => {
  test("keeps metrics, a report that stands by itself, all settings and the network in the run's folder", async () => {
    const data = await dataOf();
    const run = join(data, "..", "run");
    const ended = await runKindling([...small(data, run, 5), "--validate", "val", "--validate-every", "2"]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    const events = jsonLines(ended.stdout);
    expect(events.filter(({ event }) => event === "step").map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(events.at(-1)).toEqual({ event: "end", finished: true, out: run });

    const rows = metricsOf(run);
    expect(rows.map(({ stage, step }) => `${stage} ${step}`)).toEqual([1, 2, 3, 4, 5].map((step) => `msr-net ${step}`));
    for (const { total } of rows) expect(Number(total)).toBeGreaterThan(0);
    expect(rows.map((row) => row["validation-gt-mean-psnr"] !== "")).toEqual([false, true, false, true, true]);

    const page = readFileSync(join(run, "report.html"), "utf8");
    expect(page).toContain("Not running");
    expect(page).not.toMatch(/http-equiv="refresh"|https?:\/\/|NaN|undefined/);
    expect(page.match(/<polyline/g)?.length).toBe(7);
    expect(page.match(/<img src="data:image\/webp/g)?.length).toBe(5);
    const scripts = [...page.matchAll(/<script type="module">(.*?)<\/script>/gs)];
    expect(scripts).toHaveLength(1);
    for (const [, source] of scripts) expect(() => new Script(source.replace(/^export \{\};$/m, ""))).not.toThrow();

    const config = readFileSync(join(run, "run.yaml"), "utf8");
    for (const line of ["network: msr-net", "split: train", "validate: val", "  msr-net: 5", "seed: 1"]) {
      expect(config).toContain(line);
    }
    const { graph, weights } = decodeOnnx(readFileSync(join(run, "msr-net.onnx")), "msr-net.onnx");
    requireWeights(graph, weights);
    const learnt = tensorsOf(run);
    for (const [path, { values }] of weights) expect(learnt.get(path)?.values).toEqual(values);
  });

  test("stops where a loss is no number, naming the step, the term and the last good checkpoint", async () => {
    const data = await dataOf();
    const run = join(data, "..", "run");
    const ended = await runKindlingHere([...small(data, run), "--rate", "1e30"]);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(
      /msr-net, step 2: the loss's term \S+ is (Infinity|NaN); .*checkpoint\.safetensors, msr-net after step 0/,
    );
    expect(stepOf(run)).toBe(0);
    expect(readFileSync(join(run, "report.html"), "utf8")).toContain("Not running");
    for (const { values } of tensorsOf(run).values()) expect(values.every(Number.isFinite)).toBe(true);
    const often = await runKindlingHere([
      ...small(data, `${run}-often`),
      "--rate",
      "1e30",
      "--checkpoint-minutes",
      "0",
    ]);
    expect(often.status).toBe(1);
    for (const { values } of tensorsOf(`${run}-often`).values()) expect(values.every(Number.isFinite)).toBe(true);
  });

  test("names all that is wrong with the data before it begins", async () => {
    const data = await dataOf();
    const run = join(data, "..", "run");
    rmSync(join(data, "normal", "a.png"));
    writeFileSync(join(data, "low", "b.png"), "no photo");
    await writePng(join(data, "normal", "c.png"), samplePair(1, 20, 20).normal);
    const ended = await runKindlingHere(small(data, run));
    expect(ended.status).toBe(1);
    for (const reason of [/a\.png.*no partner/, /b\.png/, /c\.png.*partner/]) expect(ended.stderr).toMatch(reason);
    expect(existsSync(run)).toBe(false);
    const later = ["train", "kind", "--pairs", await dataOf(), "-o", run, "--crop", "decomposition=16,restoration=400"];
    expect((await runKindlingHere(later)).stderr).toMatch(/too few for a crop of 400/);
    expect(existsSync(run)).toBe(false);
  });

  test("takes the same settings from a file, strictly, and lets options win", async () => {
    const data = await dataOf();
    const [run, file] = [join(data, "..", "run"), join(data, "..", "some.yaml")];
    const lines = ["network: msr-net", `pairs: ${data}`, `out: ${run}`, "steps: 9", "batch: {msr-net: 2}", "crop: 16"];
    writeFileSync(file, lines.join("\n"));
    expect(await runKindlingHere(["train", "--config", file, "--steps", "2"])).toMatchObject({ status: 0, stderr: "" });
    expect(stepOf(run)).toBe(2);
    const refused = async (line: string) => {
      writeFileSync(file, [...lines, line].join("\n"));
      return (await runKindlingHere(["train", "--config", file])).stderr;
    };
    expect(await refused("rates: 3")).toMatch(/some\.yaml: there is no setting rates; known are .*rate/);
    expect(await refused("seed: often")).toMatch(/some\.yaml: seed: expected a whole number/);
    expect(await refused("a: b: c")).toMatch(/some\.yaml: not YAML/);
    expect(await refused("rate: {other: 1}")).toMatch(/msr-net has no stage other/);
  });

  test("trains one stage on the weights of another run, and says where they are missing", async () => {
    const data = await dataOf();
    const [first, second] = ["first", "second"].map((name) => join(data, "..", name));
    const words = ["train", "retinex-net", "--pairs", data, "--steps", "2", "--batch", "2", "--crop", "16"];
    const alone = await runKindlingHere([...words, "-o", second, "--stage", "relight"]);
    expect(alone).toMatchObject({ status: 2 });
    expect(alone.stderr).toMatch(/--stage relight: it needs the trained weights of decomposition.*--from/);
    await runKindlingHere([...words, "-o", first, "--stage", "decomposition"]);
    expect(existsSync(join(first, "retinex-net-decomposition.onnx"))).toBe(true);
    const from = join(first, "checkpoint.safetensors");
    const ended = await runKindlingHere([...words, "-o", second, "--stage", "relight", "--from", from]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(existsSync(join(second, "retinex-net.onnx"))).toBe(true);
    const before = tensorsOf(first).get("decomposition/conv0/weight");
    expect(tensorsOf(second).get("decomposition/conv0/weight")).toEqual(before);
  });

  test("says before it begins that what would be measured cannot be made yet", async () => {
    const data = await dataOf();
    const [first, second] = ["first", "second"].map((name) => join(data, "..", name));
    const words = ["train", "kind", "--pairs", data, "--steps", "1", "--batch", "1", "--crop", "16"];
    await runKindlingHere([...words, "-o", first, "--stage", "decomposition"]);
    const adjust = ["-o", second, "--stage", "adjustment", "--from", join(first, "checkpoint.safetensors")];
    const refused = await runKindlingHere([...words, ...adjust, "--validate", "val"]);
    expect(refused).toMatchObject({ status: 2 });
    expect(refused.stderr).toMatch(/--validate: .*adjustment needs the trained weights of restoration/);
    expect(await runKindlingHere([...words, ...adjust])).toMatchObject({ status: 0, stderr: "" });
  });
});
