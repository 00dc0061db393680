import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeOnnx, encodeNetwork, encodeOnnx, initialise, type Weights } from "@kindling/nets";
import { openEnhancer, openModelStore, psnr, readPhoto } from "@kindling/node";
import { type ShipOptions, shipNetwork, trainOnDisk } from "@kindling/node/lab";
import { findNetwork, findSystem } from "@kindling/systems";
import { beforeEach, describe, expect, test } from "vitest";
import { parseMeasured } from "../../apps/cli/src/options/ship-options.ts";
import { lively } from "../support/ember-weights.ts";
import { modelFaults } from "../support/model-faults.ts";
import { jsonLines, runKindling, runKindlingHere, scratchFolder } from "../support/run-kindling.ts";
import { dataOf, tensorsOf } from "../support/training-run.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const terms = { about: "data: sample pairs.", terms: "For tests alone." };
const first = { title: "Trial", about: "Trial weights.", data: ["data"] };

let models = "";
beforeEach(() => {
  models = scratchFolder();
  writeFileSync(join(models, "photos.json"), JSON.stringify({ data: terms }));
});

/** Ships as the command does, without a process of its own. */
function ship(network: string, tag: string, from: readonly string[], options: Partial<ShipOptions> = {}) {
  const where = { models, photos: join(models, "photos.json"), command: "a test" };
  return shipNetwork({ ...where, ...options, system: findSystem(network), tag, from });
}

const shipped = (path: string) => readFileSync(join(models, path));

/** A file of a network's weights as they begin a training. */
function weightsFile(name = "msr-net", seed = 3): string {
  const path = join(models, `${name.replace("/", "-")}-${seed}.onnx`);
  writeFileSync(path, encodeNetwork(findNetwork(name), initialise(findNetwork(name).build(), seed)));
  return path;
}

function decodeShipped(path: string) {
  return decodeOnnx(shipped(path), path);
}

describe("kindling ship of a run", () => {
  test("makes a model that photos are enhanced with, and a card that names photographs, terms and settings", async () => {
    const data = await dataOf(["a", "b"]);
    const run = join(data, "..", "run");
    const training = { pairs: [data], out: run, steps: 3, batch: 1, crop: 16, threads: 1, average: 0.9 };
    await trainOnDisk({ system: findSystem("msr-net"), ...training });
    const words = ["--title", "Trial", "--about", "Trial weights.", "--models", models, "--json"];
    const outcome = await runKindling(["ship", "msr-net", "night", "--from", run, ...words]);
    expect(outcome).toMatchObject({ status: 0, stderr: "" });
    expect(jsonLines(outcome.stdout)).toMatchObject([
      { network: "msr-net", tag: "night", files: expect.arrayContaining([join(models, "msr-net/night.md")]) },
    ]);
    expect(await modelFaults(models)).toEqual([]);
    // Averages over the steps are what ships.
    const tensors = tensorsOf(run);
    for (const [path, { values }] of decodeShipped("msr-net/night.whole.onnx").weights) {
      expectFloat16(values, tensors.get(`average/${path}`)!.values);
    }

    const card = shipped("msr-net/night.md").toString();
    expect(card).toContain("- data: sample pairs. _For tests alone._");
    expect(card).toMatch(/msr-net 3 steps; `kindling train --config` with:/);
    expect(card).toMatch(/^pairs:\n {2}- data$/m);
    expect(card).toContain("`kindling ship msr-net night --from run --title Trial");
    expect(card).not.toContain(models);
    const { trainedOn, licence } = await openModelStore(models).manifest("msr-net", "night");
    expect(trainedOn).toEqual([terms.about]);
    expect(licence).toMatch(/Non-commercial research use.*For tests alone\./);

    const [photo, out] = [join(data, "low/a.png"), join(models, "result.png")];
    const enhance = ["enhance", photo, "-m", "msr-net.night", "--models", models, "-o", out, "--device", "cpu"];
    expect(await runKindlingHere(enhance)).toMatchObject({ status: 0 });
    // The run's own model has the same weights in float32.
    const trained = await pictureOf("msr-net.trained", run, photo);
    expect(psnr((await readPhoto(out)).picture, trained)).toBeGreaterThan(50);
  });

  test("refuses photographs whose terms are not known, names them, and writes nothing", async () => {
    const weights = [weightsFile()];
    await expect(ship("msr-net", "night", weights, { ...first, data: ["data", "holiday"] })).rejects.toThrow(
      /photos\.json: it does not describe the photographs holiday\. Add what they are/,
    );
    await expect(ship("msr-net", "night", weights, { ...first, data: [] })).rejects.toThrow(
      /--data: expected the names of the photographs/,
    );
    rmSync(join(models, "photos.json"));
    await expect(ship("msr-net", "night", weights, first)).rejects.toThrow(
      /photos\.json: there is no such file\. Describe the photographs in it, as in \{"data": \{"about": /,
    );
    expect(() => shipped("msr-net/night.json")).toThrow(/ENOENT/);
  });
});

/** A photo as a network makes it. */
async function pictureOf(method: string, folder: string, photo: string) {
  const enhancer = await openEnhancer({ method, models: folder, device: "cpu" });
  const { picture } = await (await enhancer.analyse(await readPhoto(photo))).relight();
  await enhancer.close();
  return picture;
}

/** Values that were rounded to float16. */
function expectFloat16(values: Float32Array, exact: ArrayLike<number>): void {
  expect(values.length).toBe(exact.length);
  for (const [i, value] of values.entries()) {
    expect(Math.abs(value - exact[i]!)).toBeLessThanOrEqual(Math.abs(exact[i]!) / 1024 + 1e-7);
  }
}

describe("kindling ship of weights in files", () => {
  test("ships the mean of several, or a later one's weights over those before", async () => {
    const sources = [3, 4].map((seed) => weightsFile("msr-net", seed));
    await ship("msr-net", "mean", sources, { ...first, mean: true });
    await ship("msr-net", "later", sources, first);
    const [a, b] = sources.map((path): Weights => decodeOnnx(readFileSync(path), path).weights);
    for (const [path, { values }] of decodeShipped("msr-net/mean.whole.onnx").weights) {
      const mean = a!.get(path)!.values.map((value, i) => (value + b!.get(path)!.values[i]!) / 2);
      expectFloat16(values, mean);
    }
    for (const [path, { values }] of decodeShipped("msr-net/later.whole.onnx").weights) {
      expectFloat16(values, b!.get(path)!.values);
    }
  });

  test("keeps all that is not given anew, and tells what was measured", async () => {
    const weights = [weightsFile()];
    await ship("msr-net", "trial", weights, { ...first, borderPx: 8 });
    const file = join(models, "evaluation.json");
    const figures = { method: "msr-net.trial", images: [1, 2], mean: { psnr: 20.123 }, interval: { psnr: [19, 21.5] } };
    writeFileSync(file, JSON.stringify({ methods: [{ ...figures, method: "lime" }, figures] }));
    await ship("msr-net", "trial", weights, { measured: parseMeasured([`night pairs, val=${file}`]) });
    const card = shipped("msr-net/trial.md").toString();
    expect(card).toMatch(/Trial\. Trial weights\./);
    expect(card).toMatch(/\| night pairs, val +\| +2 \| +20\.12 \[19\.00, 21\.50\] \|/);
    expect(card).toMatch(/8 px of their mirror image/);
    expect(await modelFaults(models)).toEqual([]);
    const names = ["json", "md", "whole.onnx"].map((ending) => `msr-net/trial.${ending}`);
    const before = names.map(shipped);
    await ship("msr-net", "trial", [join(models, "msr-net/trial.whole.onnx")]);
    for (const [i, name] of names.entries()) expect(shipped(name).equals(before[i]!)).toBe(true);
  });

  test("keeps weights that are not fit for photos out of the list, and says why", async () => {
    const weights = [weightsFile()];
    await ship("msr-net", "trial", weights, { ...first, unfit: "It draws halos." });
    expect(await modelFaults(models)).toEqual([]);
    expect(shipped("msr-net/trial.md").toString()).toMatch(/not offered for photos\*\*: It draws halos\./);
    const list = async (...words: string[]) =>
      (await runKindlingHere(["methods", ...words, "--models", models])).stdout;
    expect(await list()).not.toMatch(/^msr-net\.trial/m);
    expect(await list()).toMatch(/^Kept to compare with, not fit for photos: msr-net\.trial$/m);
    expect(await list("msr-net.trial")).toMatch(/not fit for photos: It draws halos\./);

    await ship("msr-net", "trial", weights);
    expect(shipped("msr-net/trial.json").toString()).toContain("It draws halos.");
    await ship("msr-net", "trial", weights, { unfit: "" });
    expect(shipped("msr-net/trial.json").toString()).not.toContain("unfit");
    expect(await list()).toMatch(/^msr-net\.trial/m);
  });

  test("takes the graphs of the variant that the weights say they are of", async () => {
    const sources = [weightsFile("kind+root/analysis"), weightsFile("kind/adjustment")];
    await ship("kind", "trial", sources, first);
    expect(await modelFaults(models)).toEqual([]);
    const { nodes } = decodeShipped("kind/trial.analysis.onnx").graph;
    expect(nodes.some(({ operation }) => operation.type === "Sqrt")).toBe(true);
  });

  test("shows in the files where anything is changed by hand", async () => {
    await ship("msr-net", "trial", [weightsFile()], first);
    const manifest = join(models, "msr-net/trial.json");
    const text = readFileSync(manifest, "utf8");
    writeFileSync(manifest, text.replace("86386", "86387").replace('"haloPx": 11', '"haloPx": 10'));
    expect(await modelFaults(models)).toEqual([
      "msr-net.trial: trial.whole.onnx tiles otherwise",
      "msr-net.trial: it has 86386 parameters, not 86387",
    ]);
    writeFileSync(manifest, text);
    writeFileSync(join(models, "msr-net/left-over.onnx"), "x");
    expect(await modelFaults(models)).toEqual(["msr-net/left-over.onnx: no model has this file"]);
  });

  test("says what is wrong, and writes nothing", async () => {
    const broken = join(models, "broken.json");
    writeFileSync(broken, JSON.stringify({ data: { about: "data" } }));
    const cases: [Partial<ShipOptions>, RegExp][] = [
      [{ title: undefined }, /--title, --about: expected both, since msr-net\.trial is not in /],
      [{ lightOf: "other" }, /--light-of other: .*no automatic light.*kindling fit-light/],
      [{ variant: "root" }, /--variant root: expected one of the forms of msr-net: msr-net\./],
      [{ measured: new Map([["val", broken]]) }, /broken\.json: expected what kindling evaluate/],
      [{ photos: broken }, /broken\.json: data: expected a text as about and one as terms/],
      [{ photos: join(models, "gone.json") }, /gone\.json: there is no such file/],
      [{ int8: [models] }, /--int8: msr-net has no form in 8-bit integers/],
    ];
    for (const [options, message] of cases) {
      await expect(ship("msr-net", "trial", [weightsFile()], { ...first, ...options })).rejects.toThrow(message);
    }
    await expect(ship("msr-net", "a/b", [weightsFile()], first)).rejects.toThrow(/tag a\/b: expected a name without/);
    await expect(ship("msr-net", "a", [join(models, "gone")], first)).rejects.toThrow(/gone: there is no checkpoint/);
    await expect(ship("ember", "a", [weightsFile()], first)).rejects.toThrow(/ember\/overview: .*is missing/);
    expect(() => parseMeasured(["val"])).toThrow(/--measured val: expected a name and a file/);
    expect(() => shipped("index.json")).toThrow(/ENOENT/);
  });

  test("says on the command line what is wrong with the words", async () => {
    const cases: [string[], RegExp][] = [
      [["magic", "trial", "--from", "x"], /there is no magic; choose one of ember/],
      [["msr-net", "trial", "--border", "x"], /--border x: expected a whole number/],
    ];
    for (const [words, message] of cases) {
      const { status, stderr } = await runKindlingHere(["ship", ...words, "--models", models]);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/ {4}at /);
      expect(status).toBe(2);
    }
  });
});

test("8-bit integers: ranges are measured on pairs, and the model of half the size stays near the one in floats", async () => {
  const data = await dataOf(["a", "b", "c"]);
  const weights = join(models, "ember.onnx");
  const graph = findNetwork("ember").build();
  writeFileSync(weights, encodeOnnx(graph, lively(graph)));
  await ship("ember", "floats", [weights], first);
  const steps: string[] = [];
  const onProgress = (done: number, total: number) => steps.push(`${done}/${total}`);
  await ship("ember", "int8", [weights], { ...first, int8: [data], onProgress });
  // The dark photos of two training pairs, and of the first the bright one.
  expect(steps).toEqual(["0/3", "1/3", "2/3", "3/3"]);
  expect(await modelFaults(models)).toEqual([]);
  expect(shipped("ember/int8.overview.onnx").equals(shipped("ember/floats.overview.onnx"))).toBe(true);
  for (const [part, share] of [
    ["encoder", 0.8],
    ["context", 0.6],
    ["decoder", 0.8],
  ] as const) {
    const [integers, floats] = ["int8", "floats"].map((tag) => shipped(`ember/${tag}.${part}.onnx`).length);
    expect((integers ?? 0) / (floats ?? 1)).toBeLessThan(share);
  }
  expect(shipped("ember/int8.md").toString()).toContain(
    "convolutions of encoder and context and decoder stored and computed in 8-bit integers",
  );
  const photo = join(data, "low/a.png");
  const near = psnr(await pictureOf("ember.int8", models, photo), await pictureOf("ember.floats", models, photo));
  expect(near).toBeGreaterThan(30);
  expect(near).toBeLessThan(70);

  // What is in integers cannot be shipped on in floats.
  await expect(ship("ember", "again", [join(models, "ember/int8.context.onnx")], first)).rejects.toThrow(
    /int8\.context\.onnx: its weights are stored in 8-bit integers/,
  );
  const stopping = AbortSignal.abort();
  const stopped = ship("ember", "stopped", [weights], { ...first, int8: [data], signal: stopping });
  await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
  expect(() => shipped("ember/stopped.json")).toThrow(/ENOENT/);
});

test("a model that ships is the same bytes again when it is shipped from its own part files", async () => {
  const kept = join(root, "models");
  copyFileSync(join(kept, "photos.json"), join(models, "photos.json"));
  const { parts } = await openModelStore(kept).manifest("ember", "free");
  const files = Object.values(parts).map(({ file }) => join("ember", file));
  const from = files.map((file) => join(kept, file));
  const { manifest } = await ship("ember", "free", from, { ...first, data: ["free-dark"] });
  expect(manifest.parts).toEqual(parts);
  for (const file of files) expect(shipped(file).equals(readFileSync(join(kept, file)))).toBe(true);
});
