import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { initialise } from "@kindling/nets";
import { meanLuminance, readPhoto, writePhoto } from "@kindling/node";
import { beforeAll, describe, expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { addModel, modelsFolder } from "../support/model-folder.ts";
import {
  jsonLines,
  outcomeOf,
  runKindling,
  runKindlingHere,
  scratchFolder,
  startKindling,
} from "../support/run-kindling.ts";

const models = modelsFolder();
beforeAll(async () => {
  await addModel(models, "kind", "small");
  await addModel(models, "msr-net", "first");
  await addModel(models, "msr-net", "other", undefined, { title: "Others" });
});

/** A folder with dark photos of 40x30. */
async function photosFolder(...names: string[]): Promise<string> {
  const folder = scratchFolder();
  for (const name of names) await writeDarkPhoto(join(folder, name), { width: 40, height: 30 });
  return folder;
}

describe("kindling enhance with a network", () => {
  test("enhances a folder on several workers, keeps metadata, and redoes only what changed", async () => {
    const photos = await photosFolder("a.jpg", "b.png", "c.tif");
    const out = scratchFolder();
    const words = ["enhance", photos, "-o", out, "-m", "kind", "--models", models, "-j", "2"];
    const { stdout, stderr, status } = await runKindling(words);
    expect(stderr).toBe("");
    expect(stdout).toContain("3 enhanced");
    expect(status).toBe(0);
    const [before, after] = [await readPhoto(join(photos, "b.png")), await readPhoto(join(out, "b.png"))];
    expect(after.metadata.icc).toEqual(before.metadata.icc);
    // Limits, devices and places of files are no part of a result; strengths are.
    expect((await runKindlingHere([...words, "--max-memory", "500MB"])).stdout).toContain("0 enhanced, 3 done before");
    expect((await runKindlingHere([...words, "--denoise", "0.5"])).stdout).toContain("3 enhanced");
  });

  test("other weights under the same name make results anew", async () => {
    const photos = await photosFolder("a.png");
    const [out, own] = [scratchFolder(), scratchFolder()];
    await addModel(own, "msr-net", "first");
    const words = ["enhance", photos, "-o", out, "-m", "msr-net", "--models", own];
    expect((await runKindlingHere(words)).stdout).toContain("1 enhanced");
    expect((await runKindlingHere(words)).stdout).toContain("0 enhanced, 1 done before");
    await addModel(own, "msr-net", "first", (graph) => initialise(graph, 8));
    expect((await runKindlingHere(words)).stdout).toContain("1 enhanced");
  });

  test("tells the level a photo was lit at, also where the network chose it", async () => {
    const photos = await photosFolder("a.png");
    const words = ["enhance", photos, "-o", scratchFolder(), "-m", "kind", "--models", models];
    expect((await runKindlingHere([...words, "-l", "+1ev"])).stdout).toContain(" light 2.0x (+1.0 EV), luminance ");
    const [, enhanced] = jsonLines((await runKindlingHere([...words, "--json"])).stdout);
    const { light, luminance } = enhanced as Record<"light", number> & Record<"luminance", Record<string, number>>;
    expect((luminance["after"] ?? 0) / (luminance["before"] ?? 1) / light).toBeCloseTo(1, 1);
    const set = jsonLines((await runKindlingHere([...words, "-s", "alpha=1", "--json"])).stdout)[1];
    expect(set?.["light"]).not.toBe(light);
  });

  test("lights where the mask is white", async () => {
    const photos = await photosFolder("a.png");
    const [out, mask] = [scratchFolder(), join(scratchFolder(), "mask.png")];
    const photo = await readPhoto(join(photos, "a.png"));
    const picture = { width: 1, height: 1, channels: 1 as const, samples: Float32Array.of(0) };
    await writePhoto({ ...photo, metadata: {}, picture }, mask);
    const words = ["enhance", join(photos, "a.png"), "-o", join(out, "b.png"), "-m", "msr-net", "--models", models];
    expect((await runKindlingHere([...words, "--mask", mask])).status).toBe(0);
    const unlit = await readPhoto(join(out, "b.png"));
    expect(meanLuminance(unlit.picture)).toBeCloseTo(meanLuminance(photo.picture), 6);
  });

  test("says what is wrong before any photo is touched", async () => {
    const photos = await photosFolder("a.png");
    const words = ["enhance", photos, "-o", join(photos, "out"), "--models", models];
    const failing: [string[], RegExp, number][] = [
      [["-m", "gladnet"], /gladnet: there are no such weights.*kind\.small, msr-net\.first/, 1],
      [["-m", "magic"], /There is no method "magic"; there are the networks/, 2],
      [["-m", "embr"], /There is no method "embr" \(did you mean ember\?\); there are the networks/, 2],
      [["-m", "kind", "--denoise", "2"], /--denoise 2: expected a number from 0 to 1/, 2],
      [["-m", "kind", "--max-memory", "lots"], /--max-memory lots: expected an amount such as 2GB/, 2],
      [["-m", "kind", "--mask", "gone.png"], /gone\.png: there is no such file/, 1],
      [["-m", "kind", "--mask", "package.json"], /^kindling: package\.json: not a photo Kindling can read/, 1],
      [["-m", "kind", "-s", "shine=1"], /no setting is called shine/, 2],
    ];
    for (const [more, message, expected] of failing) {
      const { stderr, status } = await runKindlingHere([...words, ...more]);
      expect(stderr).toMatch(message);
      expect(status).toBe(expected);
    }
    expect(readdirSync(photos)).toEqual(["a.png"]);
  });

  test("refuses too little memory before the first photo, with the least that works for photos of any size", async () => {
    const photos = scratchFolder();
    for (const name of ["a.png", "b.png"]) await writeDarkPhoto(join(photos, name), { width: 272, height: 272 });
    const words = ["enhance", photos, "-o", scratchFolder(), "-m", "kind", "--models", models, "--jobs", "2", "--json"];
    const refused = await runKindling([...words, "--max-memory", "200"]);
    const [, least = ""] =
      /kind needs at least (\d+) MB; got 200 bytes\. .*--max-memory \1MB/.exec(refused.stderr) ?? [];
    expect([refused.status, refused.stdout]).toEqual([2, ""]);
    const tooLittle = await runKindling([...words, "--max-memory", `${Number(least) - 1}MB`]);
    expect([tooLittle.status, tooLittle.stdout]).toEqual([2, ""]);
    // Both photos at once would need twice as much.
    const done = await runKindling([...words, "--max-memory", `${least}MB`]);
    expect(jsonLines(done.stdout).at(-1)).toMatchObject({ event: "end", enhanced: 2, failed: 0 });
  });

  test("stops between tiles at Ctrl-C and leaves nothing half done", async () => {
    const photos = scratchFolder();
    await writeDarkPhoto(join(photos, "a.png"), { width: 1200, height: 900 });
    const out = scratchFolder();
    const words = ["enhance", photos, "-o", out, "-m", "kind", "--models", models, "--max-memory", "150MB", "--json"];
    const child = startKindling(words);
    child.stdout?.once("data", () => setTimeout(() => child.kill("SIGINT"), 2000));
    const { status, stdout } = await outcomeOf(child);
    expect(status).toBe(130);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: "end", enhanced: 0, failed: 0, stopped: 1 });
    expect(readdirSync(out).filter((name) => name !== ".kindling.jsonl")).toEqual([]);
  });
});

test("kindling maps writes reflectance and illumination, and only of what has them", async () => {
  const photos = await photosFolder("a.png");
  const out = scratchFolder();
  const { status, stdout } = await runKindlingHere(["maps", join(photos, "a.png"), "-o", out, "--models", models]);
  expect(status).toBe(0);
  const names = ["a-illumination.png", "a-reflectance.png", "a-unrestored.png"];
  expect(readdirSync(out).sort()).toEqual(names);
  expect(stdout.trim().split("\n").sort()).toEqual(names.map((name) => join(out, name)));
  const { picture } = await readPhoto(join(out, "a-illumination.png"));
  expect([picture.channels, picture.width, picture.height]).toEqual([1, 40, 30]);
  const refused = await runKindlingHere(["maps", join(photos, "a.png"), "-m", "lime"]);
  expect(refused.stderr).toMatch(/lime: it does not split photos; choose one of .*kind/);
  expect(refused.status).toBe(2);
});

test("kindling maps replaces a file only with --overwrite, and writes none of a photo's maps beside it", async () => {
  const photos = await photosFolder("a.png");
  const own = join(photos, "a-reflectance.png");
  writeFileSync(own, "mine");
  const words = ["maps", join(photos, "a.png"), "-o", photos, "--models", models];
  const { status, stdout, stderr } = await runKindlingHere(words);
  expect(stderr).toContain(`${own}: there is such a file. Choose another name, or allow it by --overwrite.\n`);
  expect([status, stdout]).toEqual([1, ""]);
  expect(readdirSync(photos).sort()).toEqual(["a-reflectance.png", "a.png"]);
  expect(readFileSync(own, "utf8")).toBe("mine");
  expect((await runKindlingHere([...words, "--overwrite"])).status).toBe(0);
  expect((await readPhoto(own)).picture.width).toBe(40);
});

test("kindling maps names the photos that it cannot split, and splits the others, each once", async () => {
  const photos = await photosFolder("a.png", "other/a.png", "z.png");
  writeFileSync(join(photos, "broken.png"), "no photo");
  const out = join(photos, "out");
  const named = ["a.png", "./a.png", "none.png", "broken.png", "other/a.png", "z.png"];
  const paths = named.map((name) => `${photos}/${name}`);
  const { status, stdout, stderr } = await runKindlingHere(["maps", ...paths, "-o", out, "--models", models]);
  const failures = stderr.split("\n").filter((line) => line.startsWith("failed: "));
  expect(failures).toHaveLength(3);
  expect(failures[0]).toMatch(/none\.png: there is no such file/);
  expect(failures[1]).toMatch(/broken\.png: /);
  expect(failures[2]).toBe(
    `failed: ${paths[4]}: its result would replace that of ${paths[0]}. Split it into another --out.`,
  );
  expect(stdout.trim().split("\n")).toHaveLength(6);
  expect(readdirSync(out)).toHaveLength(6);
  expect(status).toBe(1);
});

test("kindling methods lists networks before methods, and shows a network's card", async () => {
  const { stdout } = await runKindlingHere(["methods", "--models", models]);
  const names = stdout.split("\n").filter((line) => /^\S+ {2,}/.test(line));
  expect(names.slice(0, 4).map((line) => line.split(" ")[0])).toEqual([
    "kind.small",
    "msr-net.first",
    "msr-net.other",
    "lime",
  ]);
  const card = await runKindlingHere(["methods", "msr-net.other", "--models", models]);
  expect(card.stdout).toMatch(/^msr-net\.other: Others\n/);
  const listed = JSON.parse((await runKindlingHere(["methods", "--models", models, "--json"])).stdout);
  expect(listed[0]).toMatchObject({ network: "kind", tag: "small", parts: { relight: { haloPx: 4 } } });
  // Without any models there are still the methods.
  const without = await runKindlingHere(["methods", "--models", join(models, "nowhere")]);
  expect(without.stdout).toMatch(/^lime/);
});

test("kindling evaluate runs networks by name, also at the reference's light", async () => {
  const data = scratchFolder();
  for (const name of ["low/1.png", "normal/1.png"]) await writeDarkPhoto(join(data, name), { width: 40, height: 30 });
  const words = ["evaluate", "kind:light=2,denoise=0", "msr-net.other", "gamma", "--pairs", data];
  const { stdout, status } = await runKindlingHere([...words, "--models", models, "--light", "reference", "--json"]);
  expect(status).toBe(0);
  const { methods } = JSON.parse(stdout);
  expect(methods.map(({ method }: { method: string }) => method)).toEqual(words.slice(1, 4));
  for (const { mean } of methods) expect(mean.psnr).toBeGreaterThan(0);
  const refused = await runKindlingHere(["evaluate", "msr-net:denoise=1", "--pairs", data, "--models", models]);
  expect(refused.stderr).toMatch(/denoise: msr-net has no such strength/);
  const gone = await runKindlingHere(["evaluate", "gladnet", "--pairs", data, "--models", models]);
  expect(gone.stderr).toMatch(/gladnet: there are no such weights/);
});
