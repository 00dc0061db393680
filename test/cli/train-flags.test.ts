import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeOnnx } from "@kindling/nets";
import { describe, expect, test } from "vitest";
import { runKindlingHere } from "../support/run-kindling.ts";
import { dataOf, metricsOf, small, stepOf, tensorsOf } from "../support/training-run.ts";

describe("kindling train", () => {
  test("extends a finished run to what a longer one would have been, byte for byte", async () => {
    const data = await dataOf();
    const [long, short] = [join(data, "..", "long"), join(data, "..", "short")];
    const flags = ["--average", "0.5", "--clip-norm", "0.01"];
    expect(await runKindlingHere([...small(data, long, 7), ...flags])).toMatchObject({ status: 0 });
    expect(await runKindlingHere([...small(data, short, 4), ...flags])).toMatchObject({ status: 0 });
    expect(await runKindlingHere(["train", "--extend", "3", "-o", short])).toMatchObject({ status: 0 });
    for (const file of ["checkpoint.safetensors", "msr-net.onnx"]) {
      expect(Buffer.compare(readFileSync(join(short, file)), readFileSync(join(long, file)))).toBe(0);
    }
    expect(metricsOf(short)).toEqual(metricsOf(long));
    expect(readFileSync(join(short, "run.yaml"), "utf8")).toContain("msr-net: 7");
    // What was extended stays so.
    expect(await runKindlingHere(["train", "--resume", "-o", short])).toMatchObject({ status: 0 });
    expect(stepOf(short)).toBe(7);
    expect((await runKindlingHere(["train", "--extend", "-2", "-o", short])).stderr).toMatch(
      /--extend -2: expected a whole/,
    );
  });

  test("writes and hands on the average of the weights where it keeps one", async () => {
    const data = await dataOf();
    const [run, next] = [join(data, "..", "run"), join(data, "..", "next")];
    expect(await runKindlingHere([...small(data, run, 3), "--average", "0.5"])).toMatchObject({ status: 0 });
    const tensors = tensorsOf(run);
    const names = [...tensors.keys()].filter((name) => name.startsWith("average/"));
    expect(names.length).toBeGreaterThan(3);
    const { weights } = decodeOnnx(readFileSync(join(run, "msr-net.onnx")), "msr-net.onnx");
    for (const name of names) {
      const learnt = name.slice("average/".length);
      expect([...weights.get(learnt)!.values]).toEqual([...tensors.get(name)!.values]);
      expect([...weights.get(learnt)!.values]).not.toEqual([...tensors.get(learnt)!.values]);
    }
    const from = join(run, "checkpoint.safetensors");
    const halted = await runKindlingHere([...small(data, next, 1), "--from", from, "--rate", "1e-30"]);
    expect(halted).toMatchObject({ status: 0 });
    for (const name of names) {
      const learnt = name.slice("average/".length);
      expect([...tensorsOf(next).get(learnt)!.values]).toEqual([...tensors.get(name)!.values]);
    }
  });

  test("clips gradients, decays weights and follows the schedule that it is told", async () => {
    const data = await dataOf();
    const run = (name: string) => join(data, "..", name);
    const words = ["--schedule", "cosine", "--rate", "0.004", "--clip-norm", "0.001"];
    expect(await runKindlingHere([...small(data, run("a"), 4), ...words])).toMatchObject({ status: 0 });
    const rows = metricsOf(run("a"));
    expect(rows.map((row) => Number(row["learning-rate"]).toFixed(6))).toEqual([
      "0.004000",
      "0.003414",
      "0.002000",
      "0.000586",
    ]);
    expect(Number(rows[0]?.["gradient-norm"])).toBeGreaterThan(0.001);

    const decayed = await runKindlingHere([...small(data, run("b"), 4), ...words, "--weight-decay", "10"]);
    expect(decayed).toMatchObject({ status: 0 });
    const size = (name: string) =>
      [...tensorsOf(run(name))]
        .filter(([tensor]) => /^(?!adam).*weight$/.test(tensor))
        .flatMap(([, { values }]) => [...values])
        .reduce((sum, value) => sum + value ** 2, 0);
    // Four steps take off ten times their rates' sum of 0.01.
    expect(size("b") / size("a")).toBeLessThan(0.85);
    const wrong = await runKindlingHere([...small(data, run("c")), "--schedule", "sine", "--average", "1"]);
    expect(wrong).toMatchObject({ status: 2 });
    expect(wrong.stderr).toMatch(/--schedule sine: expected own, constant, cosine or one-cycle/);
    expect(wrong.stderr).toMatch(/--average 1: expected a number between 0 and 1/);
  });
});
