import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { metrics } from "@kindling/lab";
import { psnr, readPhoto } from "@kindling/node";
import { describe, expect, test } from "vitest";
import { samplePair, writePairs, writePng } from "../support/pair-data.ts";
import { outcomeOf, runKindling, runKindlingHere, scratchFolder, startKindling } from "../support/run-kindling.ts";

type Measures = Readonly<Partial<Record<"psnr" | "loe" | "referenceLightPsnr" | "seconds", number>>>;

interface Method {
  readonly method: string;
  readonly mean: Measures;
  readonly difference: { readonly psnr?: { readonly mean: number } };
  readonly secondsPerImage?: number;
  readonly peakMemoryBytes?: number;
  readonly images: readonly (Measures & { readonly name: string })[];
}

async function evaluated(...words: string[]) {
  const { status, stdout, stderr } = await runKindling(["evaluate", ...words, "--json"]);
  const found: { pairs?: number; photos?: number; methods: Method[]; failures: { message: string }[] } =
    JSON.parse(stdout);
  return { status, stderr, ...found };
}

describe("kindling evaluate", () => {
  test("methods and a folder of results are measured on each pair, with speed, memory and differences", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a", "b", "c"]);
    const { status, pairs, methods } = await evaluated(
      "gamma",
      "clahe:clipLimit=3",
      join(data, "low"),
      "--pairs",
      data,
    );
    expect(status).toBe(0);
    expect(pairs).toBe(3);
    expect(methods.map(({ method }) => method)).toEqual(["gamma", "clahe:clipLimit=3", join(data, "low")]);
    const [gamma, clahe, dark] = methods;
    for (const method of methods) {
      expect(method.images.map(({ name }) => name)).toEqual(["a", "b", "c"]);
      expect(Object.keys(method.mean)).toEqual(
        expect.arrayContaining(["psnr", "ssim", "gtMeanPsnr", "gtMeanSsim", "ciede2000", "mae", "mse", "loe"]),
      );
    }
    expect(gamma?.secondsPerImage).toBeGreaterThan(0);
    // Node alone takes tens of megabytes.
    expect(gamma?.peakMemoryBytes).toBeGreaterThan(20e6);
    expect(dark?.secondsPerImage).toBeUndefined();
    expect(dark?.mean.loe).toBe(0);
    expect(clahe?.mean.loe).toBeGreaterThan(0);
    const [low, normal] = await Promise.all(["low", "normal"].map((part) => readPhoto(join(data, part, "b.png"))));
    expect(dark?.images[1]?.psnr).toBe(psnr(low.picture, normal.picture));
    expect(clahe?.difference.psnr?.mean).toBeCloseTo((clahe?.mean.psnr ?? 0) - (gamma?.mean.psnr ?? 0), 9);
    expect(gamma?.difference).toEqual({});
  });

  test("--count takes so many pairs or photos, evenly spread", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a", "b", "c", "d"]);
    const names = async (...words: string[]) => {
      const { methods } = await evaluated(join(data, "low"), ...words, "--count", "2");
      return methods[0]?.images.map(({ name }) => name);
    };
    expect(await names("--pairs", data)).toEqual(["a", "c"]);
    expect(await names("--photos", join(data, "low"))).toEqual(["a", "c"]);
  });

  test("with --known a method measured before is not run again", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a", "b"]);
    const { stdout } = await runKindlingHere(["evaluate", "gamma", "--pairs", data, "--json"]);
    const known = join(data, "known.json");
    // A figure that no run gives shows where it came from.
    writeFileSync(known, stdout.replaceAll(/"psnr":[0-9.]+/g, '"psnr":77'));
    const { status, methods } = await evaluated("gamma", "lime", "--pairs", data, "--known", known);
    expect(status).toBe(0);
    expect(methods.map(({ mean }) => mean.psnr === 77)).toEqual([true, false]);
    const other = await runKindlingHere([
      "evaluate",
      "gamma",
      "--photos",
      join(data, "low"),
      "--known",
      join(data, "no.json"),
    ]);
    expect(other.stderr).toContain("no.json: there is no such file");
  });

  test("a method's result is that of enhance", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a"]);
    await runKindlingHere(["enhance", join(data, "low"), "-o", join(data, "out"), "-m", "clahe", "-f", "png"]);
    const { methods } = await evaluated("clahe", join(data, "out"), "--pairs", data);
    const { seconds: _, ...ran } = methods[0]?.images[0] ?? {};
    expect(methods[1]?.images[0]).toEqual(ran);
  });

  test("the reference's own light gives columns of their own and leaves the blind ones as they are", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a", "b"]);
    const blind = await evaluated("gamma:target=0.1", "--pairs", data);
    const told = await evaluated("gamma:target=0.1", join(data, "low"), "--pairs", data, "--light", "reference");
    expect(blind.methods[0]?.mean).not.toHaveProperty("referenceLightPsnr");
    const [gamma, dark] = told.methods;
    expect(gamma?.mean.psnr).toBe(blind.methods[0]?.mean.psnr);
    expect(gamma?.mean.referenceLightPsnr).toBeGreaterThan(gamma?.mean.psnr ?? 0);
    expect(dark?.mean).not.toHaveProperty("referenceLightPsnr");
  });

  test("one split, a baseline of one's choice, and files of every kind", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a", "b", "c"]);
    const files = ["r.html", "r.md", "r.csv"].map((name) => join(data, name));
    const [html, markdown, csv] = files;
    const { stdout, status } = await runKindlingHere(
      ["evaluate", "gamma", "he", "--pairs", data, "--split", "val", "--baseline", "he"].concat(
        ["--html", html, "--markdown", markdown, "--csv", csv].map(String),
      ),
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/Mean over 1 pairs/);
    expect(stdout).toMatch(/\| minus he \|/);
    const [page, tables, rows] = files.map((file) => readFileSync(file, "utf8"));
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
    expect(tables).toContain("| gamma | 1 |");
    expect(rows.split("\r\n")[1]).toMatch(/^gamma,c,/);
  });

  test("photos without references have LOE alone, and NIQE with a model", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a"]);
    const { photos, methods } = await evaluated("gamma", "--photos", join(data, "low"));
    expect(photos).toBe(1);
    expect(methods[0]?.mean).toEqual({ loe: expect.any(Number) });
  });

  test("what cannot be measured is named, with its file, and the rest is measured", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a", "b", "c", "d", "e"]);
    rmSync(join(data, "normal", "b.png"));
    writeFileSync(join(data, "low", "c.png"), "no photo");
    writeFileSync(join(data, "normal", "d.png"), "no photo");
    const results = join(data, "results");
    cpSync(join(data, "normal"), results, { recursive: true });
    await writePng(join(results, "a.png"), samplePair(1, 50, 40).normal);
    await writePng(join(results, "c.png"), samplePair(1).normal);
    rmSync(join(results, "e.png"));
    const { status, stderr, pairs, methods, failures } = await evaluated("gamma", results, "--pairs", data);
    expect(status).toBe(1);
    expect(pairs).toBe(4);
    expect(methods[0]?.images.map(({ name }) => name)).toEqual(["a", "e"]);
    expect(methods[1]?.images).toEqual([]);
    const messages = failures.map(({ message }) => message).join("\n");
    expect(messages).toMatch(/low\/b\.png: it has no partner of that name in .*normal/);
    expect(messages).toMatch(/low\/c\.png: not a photo/);
    expect(messages).toMatch(/normal\/d\.png: not a photo/);
    expect(messages).toMatch(/results\/a\.png: it has 50 x 40 pixels, .* 60 x 44/);
    expect(messages).toMatch(/results\/e: no result of that name for .*low\/e\.png/);
    expect(stderr).toMatch(/failed: .*results.*results\/a\.png: it has 50 x 40/);
  });

  test("Ctrl-C stops it, leaves no process and no temporary folder behind, and gives 130", async () => {
    const data = scratchFolder();
    const { low, normal } = samplePair(1, 1500, 1200);
    await writePng(join(data, "low", "a.png"), low);
    await writePng(join(data, "normal", "a.png"), normal);
    const child = startKindling(["evaluate", "lime", "--pairs", data], ["env", `TMPDIR=${data}`]);
    const ended = outcomeOf(child);
    const folders = () => readdirSync(data).filter((name) => name.startsWith("kindling-evaluate-"));
    await expect.poll(folders, { timeout: 20_000 }).toHaveLength(1);
    // By now the method's process is at work, or about to begin.
    await new Promise((resolve) => setTimeout(resolve, 700));
    child.kill("SIGINT");
    expect(await ended).toEqual({ status: 130, stdout: "", stderr: "" });
    expect(folders()).toEqual([]);
  });

  test.each([
    [["gamma"], /--pairs .* or --photos/],
    [["gamma", "--pairs", "x", "--photos", "y"], /either --pairs .* or --photos/],
    [["gamma", "--photos", "x", "--light", "reference"], /--light reference: photos have no reference/],
    [["gamma", "--pairs", "x", "--light", "3"], /--light 3: expected auto or reference/],
    [
      ["magic", "--pairs", "x"],
      /magic: neither a folder of results, an ONNX model nor a method; there are .*kind, .*lime, .*gamma/,
    ],
    [
      ["./models", "--pairs", "x"],
      /\.\/models: it holds trained networks, not results\. .*: ember\.\w+ --models \.\/models/,
    ],
    [["gamma", "gamma", "--pairs", "x"], /gamma is given twice/],
    [["clahe:shine=3", "--pairs", "x"], /no setting is called shine/],
    [["clahe:3", "--pairs", "x"], /clahe:3: expected name=number/],
    [["gamma", "--baseline", "he", "--pairs", "x"], /--baseline he: expected one of gamma/],
  ])("kindling evaluate %j is wrong usage: it says what was expected and exits with 2", async (words, message) => {
    const { status, stderr, stdout } = await runKindlingHere(["evaluate", ...words]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/ {4}at /);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  test.each([
    [["--pairs", "nowhere"], /nowhere: there is no such file/],
    [["--pairs", "test"], /test: no pairs of photos in this folder\. Give a folder with low\//],
  ])("data that are not there are told with what was expected: %j", async (words, message) => {
    const { status, stderr } = await runKindlingHere(["evaluate", "gamma", ...words]);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });
});

describe("kindling metrics", () => {
  test("prints a table for people and one object for programs", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a"]);
    const [low, normal] = ["low", "normal"].map((part) => join(data, part, "a.png"));
    const { stdout } = await runKindlingHere(["metrics", low, normal]);
    expect(stdout).toMatch(/^PSNR \(dB\) +↑ +\d+\.\d\d$/m);
    const measures = JSON.parse((await runKindlingHere(["metrics", low, normal, "--json"])).stdout);
    // LPIPS and NIQE need models, the others a result at the reference's light.
    const missing = ["lpips", "niqe", "referenceLightPsnr", "referenceLightSsim"];
    const names = metrics.map(({ name }) => name as string);
    expect(names).toEqual(expect.arrayContaining([...missing, "psnr", "ssim", "gtMeanPsnr", "gtMeanSsim", "loe"]));
    expect(Object.keys(measures)).toEqual(names.filter((name) => !missing.includes(name)));
    const same = JSON.parse((await runKindlingHere(["metrics", low, low, "--json"])).stdout);
    expect(same).toMatchObject({ psnr: null, ciede2000: 0, mse: 0 });
  });

  test("names the file that does not fit", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a"]);
    const small = join(data, "small.png");
    await writePng(small, samplePair(1, 20, 20).normal);
    const { status, stderr } = await runKindlingHere(["metrics", small, join(data, "normal", "a.png")]);
    expect(stderr).toMatch(/small\.png: it has 20 x 20 pixels, .* 60 x 44/);
    expect(status).toBe(1);
    const { stderr: told } = await runKindlingHere(["metrics", join(data, "low", "a.png"), join(data, "none.png")]);
    expect(told).toMatch(/none\.png: there is no such file/);
  });
});
