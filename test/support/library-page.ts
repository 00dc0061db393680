// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as kindling from "@kindling/browser";
import {
  anySize,
  convolution,
  createGraph,
  createScope,
  encodeOnnx,
  initialise,
  input,
  leakyRelu,
  sigmoid,
  tilingOf,
} from "@kindling/nets";
import { decodePhoto, openEnhancer } from "@kindling/node";
import { type IntegerPixels, integersOfPicture } from "@kindling/node/internal";
import { writeModel } from "@kindling/node/lab";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { build } from "vite";
import { afterAll, beforeAll } from "vitest";
import { type ShownPixels, shownPixels } from "./browser-pixels.ts";
import { addModel, modelsFolder } from "./model-folder.ts";
import { type StaticServer, serveFolders } from "./static-server.ts";
import { testBrowser } from "./test-browser.ts";

declare global {
  // What the page under test makes of the library.
  var kindlingUnderTest: typeof kindling;
}

/** A photo in the folder of the page, lit to twice its light. */
interface Wanted {
  readonly photo: string;
  readonly method: string;
  readonly device?: "cpu" | "webgpu";
}

/** Pages that load the library as a plain script module, and what they stand on. */
interface LibraryPages {
  /** The folder of the page: what is written into it the page can fetch. */
  readonly folder: string;
  readonly server: () => StaticServer;
  readonly plainPage: () => Promise<Page>;
  /** The photo as the browser shows it. */
  readonly inBrowser: (wanted: Wanted) => Promise<ShownPixels>;
  /** The same photo as Node makes it, on the processor. */
  readonly inNode: (wanted: Wanted) => Promise<IntegerPixels>;
}

/**
 * Lets the tests of a `describe` use `@kindling/browser`: with untrained networks at `/models/`, the shipped ones at
 * `/trained/`, the example photos at `/photos/`, and `small.png` beside the page.
 */
export function testLibrary(): LibraryPages {
  const folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
  const models = modelsFolder();
  const browser = testBrowser("--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader");
  let server: StaticServer;

  beforeAll(async () => {
    await build({ root: "packages/browser", logLevel: "error", build: { outDir: folder, emptyOutDir: false } });
    writeFileSync(join(folder, "index.html"), readFileSync("test/web/library-page.html"));
    await addModel(models, "kind", "untrained");
    await addTwoActivations();
    const small = sharp("examples/photos/still-life.jpg").resize(48, 32);
    await small.png().toFile(join(folder, "small.png"));
    const folders = { "/plain/": folder, "/photos/": "examples/photos", "/models/": models, "/trained/": "models" };
    server = await serveFolders(folders, { isolated: true });
  });
  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** One convolution with two activations behind it: what ONNX Runtime's fusion for GPUs gets wrong when it is left on. */
  async function addTwoActivations(): Promise<void> {
    const { batch, height, width } = anySize;
    const image = input("image", [batch, 3, height, width]);
    const mixed = convolution(createScope().at("conv"), image, { channels: 3 });
    const graph = createGraph("two-activations", [image], { enhanced: sigmoid(leakyRelu(mixed, 0.2)) });
    const card = { title: "Two activations", about: "For tests.", licence: "none", trainedOn: [], parameters: 84 };
    const whole = { bytes: encodeOnnx(graph, initialise(graph, 3)), tiling: tilingOf(graph) };
    await writeModel(models, { network: "msr-net", tag: "two-activations", ...card }, { whole });
  }

  /** A page that loads the library as a plain script module. */
  async function plainPage(): Promise<Page> {
    const page = await browser().newPage();
    await page.goto(`${server.url}plain/index.html`);
    await page.waitForFunction(() => "kindlingUnderTest" in globalThis);
    return page;
  }

  async function inBrowser(wanted: Wanted): Promise<ShownPixels> {
    const page = await plainPage();
    const bitmap = await page.evaluateHandle(async ({ photo, method, device }) => {
      const file = await (await fetch(photo)).blob();
      const modelsUrl = new URL("/models/", location.href).href;
      const enhancer = await kindlingUnderTest.openEnhancer({ modelsUrl, device });
      const scene = await (await enhancer.read(file)).analyse({ method });
      const { bitmap: shown } = await scene.relight({ light: 2 });
      enhancer.close();
      return shown;
    }, wanted);
    const pixels = await shownPixels(page, bitmap);
    await page.close();
    return pixels;
  }

  async function inNode({ photo: name, method }: Wanted): Promise<IntegerPixels> {
    const photo = await decodePhoto(readFileSync(join(folder, name)), { name });
    const scene = await (await openEnhancer({ method, models, device: "cpu" })).analyse(photo);
    return integersOfPicture((await scene.relight({ light: 2 })).picture, 8);
  }

  return { folder, server: () => server, plainPage, inBrowser, inNode };
}
