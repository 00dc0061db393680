import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ModelManifest } from "@kindling/core";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { openEnhancer } from "../enhance/open-enhancer.ts";
import { writeModel } from "../lab/models/write-model.ts";
import { openModelStore } from "./open-model-store.ts";

const card = { title: "MSR-net", about: "For tests.", licence: "none", trainedOn: ["nothing"], parameters: 5 };
const whole = { bytes: Uint8Array.of(1, 2, 3), tiling: { haloPx: 11, alignmentPx: 1 } };

let folder = "";
let manifest: ModelManifest;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kindling-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  manifest = await writeModel(folder, { network: "msr-net", tag: "first", ...card }, { whole });
  await writeModel(folder, { network: "msr-net", tag: "second", ...card }, { whole });
});

test("what was written is listed, described with its tiling, and loaded byte for byte", async () => {
  const store = openModelStore(folder);
  expect((await store.list()).map(({ tag }) => tag)).toEqual(["first", "second"]);
  expect(await store.manifest("msr-net")).toEqual(manifest);
  expect(manifest.parts["whole"]).toMatchObject({ file: "first.whole.onnx", bytes: 3, haloPx: 11, alignmentPx: 1 });
  expect((await store.manifest("msr-net", "second")).tag).toBe("second");
  expect([...(await store.load(manifest, "whole"))]).toEqual([1, 2, 3]);
});

test("a model that is written again stays in its place", async () => {
  await writeModel(folder, { network: "msr-net", tag: "first", ...card, title: "again" }, { whole });
  const listed = await openModelStore(folder).list();
  expect(listed.map(({ tag, title }) => `${tag} ${title}`)).toEqual(["first again", "second MSR-net"]);
});

test("a file that is not the one its manifest names is refused", async () => {
  appendFileSync(join(folder, "msr-net/first.whole.onnx"), "x");
  const loading = openModelStore(folder).load(manifest, "whole");
  await expect(loading).rejects.toMatchObject({ code: "damaged" });
  await expect(loading).rejects.toThrow(/first\.whole\.onnx: its bytes do not match.*4 of 3 bytes.*Install/);
});

test("what is not there is told with what is", async () => {
  const store = openModelStore(folder);
  await expect(store.manifest("kind")).rejects.toThrow(
    /kind: there are no such weights.*there are msr-net\.first, msr/,
  );
  await expect(store.manifest("msr-net", "third")).rejects.toMatchObject({ code: "not-found" });
  await expect(store.load(manifest, "detail")).rejects.toThrow("msr-net.first has no part detail; it has whole.");
  await expect(openModelStore(join(folder, "nowhere")).list()).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringMatching(
      /^models: .*nowhere holds no trained networks: there is no index\.json in it\. Name a folder/,
    ),
  });
  await expect(openEnhancer({ method: "gladnet", models: folder })).rejects.toMatchObject({ code: "not-found" });
});

test("of a network without weights it says to train it, and of others what is left to do", async () => {
  const untrained = openModelStore().manifest("cyclegan");
  await expect(untrained).rejects.toThrow(/no weights of cyclegan: train it \(kindling train cyclegan\)/);
  // Both packages of models are here.
  await expect(openModelStore().manifest("gladnet", "gone")).rejects.toThrow(/or train your own\.$/);
});

test.each([
  ["parts.whole.sha256", { parts: { whole: { file: "a.onnx", bytes: 1, sha256: "no" } } }],
  ["parts.whole.file", { parts: { whole: { file: "../../a.onnx", bytes: 1, sha256: "0".repeat(64) } } }],
  ["it describes kind.first", { network: "kind" }],
  ["extra", { extra: 1 }],
])("a manifest with a wrong %s is refused", async (named, change) => {
  const path = join(folder, "msr-net/first.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...change }));
  const reading = openModelStore(folder).manifest("msr-net", "first");
  await expect(reading).rejects.toMatchObject({ code: "invalid-model" });
  await expect(reading).rejects.toThrow(named);
});

test("a cancelled signal stops a load", async () => {
  const loading = openModelStore(folder).load(manifest, "whole", { signal: AbortSignal.abort() });
  await expect(loading).rejects.toMatchObject({ code: "cancelled" });
});
