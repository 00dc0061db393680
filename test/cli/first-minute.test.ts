import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { largestDifference } from "../support/run-graph.ts";
import { runKindling, scratchFolder } from "../support/run-kindling.ts";

const command = fileURLToPath(new URL("../../apps/cli/bin/kindling.js", import.meta.url));

test.each(["18.20.8", "20.18.3"])("on Node %s the command says which one it needs", (version) => {
  const preload = join(scratchFolder(), "old.cjs");
  writeFileSync(
    preload,
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`,
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", preload, command, "--version"], {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toBe(
    `kindling: it needs Node 20.19 or later; this is Node ${version}. Install a newer one from https://nodejs.org.\n`,
  );
});

test("without ONNX Runtime Ember and classical methods work, and another network says how to install it", async () => {
  const folder = scratchFolder();
  const photo = join(folder, "dark.jpg");
  await writeDarkPhoto(photo);
  const preload = join(folder, "preload.cjs");
  writeFileSync(
    preload,
    `const Module = require("node:module");
     const resolve = Module._resolveFilename;
     Module._resolveFilename = function (name, ...rest) {
       if (name === "onnxruntime-node") throw new Error("Cannot find module 'onnxruntime-node'");
       return resolve.call(this, name, ...rest);
     };`,
  );
  const without = ["env", `NODE_OPTIONS=--require=${preload}`];
  const network = await runKindling(["enhance", photo, "-m", "kind", "-o", join(folder, "out")], without);
  expect(network.status).toBe(1);
  expect(network.stderr).toMatch(/onnxruntime-node.*ONNXRUNTIME_NODE_INSTALL=skip npm install.*lime/);
  const outs = ["own.png", "onnx.png"].map((name) => join(folder, name));
  expect(await runKindling(["enhance", photo, "-o", outs[0]!], without)).toMatchObject({ status: 0, stderr: "" });
  expect(await runKindling(["enhance", photo, "-o", outs[1]!])).toMatchObject({ status: 0, stderr: "" });
  const [own, onnx] = await Promise.all(outs.map((file) => sharp(file).raw().toBuffer()));
  expect(largestDifference(own!, onnx!)).toBeLessThanOrEqual(1);
  const classical = await runKindling(["enhance", photo, "-m", "gamma", "-o", join(folder, "out")], without);
  expect(classical).toMatchObject({ status: 0, stderr: "" });
}, 600_000);

test("folders with spaces and quotes in their names are read and written", async () => {
  const folder = join(scratchFolder(), "my dark photos, it's 2026");
  mkdirSync(folder);
  await writeDarkPhoto(join(folder, "a b.jpg"));
  const out = join(folder, "out put");
  expect(await runKindling(["enhance", folder, "-m", "gamma", "-o", out])).toMatchObject({ status: 0, stderr: "" });
  expect(existsSync(join(out, "a b.jpg"))).toBe(true);
}, 300_000);

test("a name with a space that was not quoted is recognised", async () => {
  const folder = scratchFolder();
  await writeDarkPhoto(join(folder, "my dark photo.jpg"));
  const inputs = [join(folder, "my"), "dark", "photo.jpg", "elsewhere.jpg"];
  const { status, stderr } = await runKindling(["enhance", ...inputs, "-m", "gamma", "-o", join(folder, "out")]);
  expect(status).toBe(1);
  const told = `there is no such file, but there is "${join(folder, "my dark photo.jpg")}". Quote names that have spaces.`;
  expect(stderr.trim().split("\n")).toEqual([
    ...inputs.slice(0, 3).map((input) => `failed: ${input}: ${told}`),
    "failed: elsewhere.jpg: there is no such file. Check the path.",
  ]);
}, 300_000);

test("a proxy that does not answer is not asked", async () => {
  const folder = scratchFolder();
  await writeDarkPhoto(join(folder, "dark.jpg"));
  const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"].map(
    (name) => `${name}=http://127.0.0.1:9`,
  );
  const words = ["enhance", join(folder, "dark.jpg"), "-o", join(folder, "out"), "--device", "cpu"];
  expect(await runKindling(words, ["env", "NODE_USE_ENV_PROXY=1", "NODE_NO_WARNINGS=1", ...proxies])).toMatchObject({
    status: 0,
    stderr: "",
  });
}, 300_000);
