import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeOnnx } from "@kindling/nets";
import { locateMethod, openModelStore } from "@kindling/node";
import { trainOnDisk } from "@kindling/node/lab";
import { findSystem } from "@kindling/systems";
import { describe, expect, test } from "vitest";
import { jsonLines, runKindling, runKindlingHere, scratchFolder } from "../support/run-kindling.ts";
import { dataOf, small, tensorsOf } from "../support/training-run.ts";

describe("what was trained", () => {
  test("is used at once, by the run's folder or by its name with --models", async () => {
    const data = await dataOf(["a", "b"]);
    const run = join(data, "..", "run");
    const trained = await runKindling(small(data, run, 3));
    expect(trained).toMatchObject({ status: 0, stderr: "" });
    expect(jsonLines(trained.stdout)).toContainEqual({
      event: "written",
      file: join(run, "msr-net", "trained.json"),
    });
    const photo = join(data, "low", "a.png");
    const names = [
      ["-m", run],
      ["-m", "msr-net", "--models", run],
      ["-m", "msr-net.trained", "--models", `${run}/`],
    ];
    const results: Buffer[] = [];
    for (const [i, words] of names.entries()) {
      const out = join(data, "..", `result-${i}.png`);
      expect(await runKindlingHere(["enhance", photo, ...words, "-o", out, "--device", "cpu"])).toMatchObject({
        status: 0,
      });
      results.push(readFileSync(out));
    }
    const [first, ...others] = results;
    for (const other of others) expect(other.equals(first!)).toBe(true);
    expect((await runKindlingHere(["methods", run])).stdout).toContain("msr-net.trained: ");
    const shipped = join(data, "..", "shipped.png");
    await runKindlingHere(["enhance", photo, "-m", "msr-net", "-o", shipped, "--device", "cpu"]);
    expect(readFileSync(shipped).equals(first!)).toBe(false);

    const manifest = await openModelStore(run).manifest("msr-net");
    expect(manifest).toMatchObject({
      tag: "trained",
      trainedOn: ["data"],
      licence: expect.stringMatching(/photographs/),
    });
    const part = await openModelStore(run).load(manifest, "whole");
    for (const [path, { values }] of decodeOnnx(part, "whole").weights)
      expect(values).toEqual(tensorsOf(run).get(path)?.values);
  });

  test("is used from a run that was stopped, too", async () => {
    const data = await dataOf(["a", "b"]);
    const out = join(data, "..", "run");
    const stopping = new AbortController();
    const endStep = ({ taken }: { taken: number }) => {
      if (taken === 2) stopping.abort();
    };
    const training = { system: findSystem("msr-net"), pairs: [data], out, steps: 5, batch: 1, crop: 16, threads: 1 };
    expect(await trainOnDisk({ ...training, hooks: [{ endStep }], signal: stopping.signal })).toBe(false);
    expect(await locateMethod(out)).toEqual({ method: "msr-net.trained", models: out });
    expect((await openModelStore(out).manifest("msr-net")).about).toMatch(/: 2 steps of msr-net/);
  });

  test("can be used only once all parts of the network have weights", async () => {
    const data = await dataOf(["a", "b"]);
    const run = join(data, "..", "run");
    const words = ["train", "kind", "--pairs", data, "--steps", "1", "--batch", "1", "--crop", "16", "-j", "1", "-o"];
    const first = await runKindlingHere([...words, run, "--stage", "decomposition"]);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    await expect(locateMethod(run)).rejects.toThrow(/no trained network in this folder/);
    const refused = await runKindlingHere([
      "enhance",
      join(data, "low", "a.png"),
      "-m",
      run,
      "-o",
      join(data, "..", "none"),
    ]);
    expect(refused.stderr).toMatch(/no trained network in this folder/);
  });
});

test("a method's name wins over a folder of that name, which is given with its path", async () => {
  expect(await locateMethod("kind")).toEqual({ method: "kind", models: undefined });
  expect(await locateMethod("clahe", "some")).toEqual({ method: "clahe", models: "some" });
  expect(await locateMethod("no-such-thing")).toEqual({ method: "no-such-thing", models: undefined });
  await expect(locateMethod(scratchFolder())).rejects.toThrow(/no trained network/);
});
