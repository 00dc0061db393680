import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { enhanceFiles, meanLuminance, readPhoto } from "@kindling/node";
import { photoOptions } from "@kindling/node/internal";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { samplePairs } from "../../examples/sample-pairs.ts";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { openConnection, startTestServer, type TestServer } from "../support/test-server.ts";

const folder = mkdtempSync(join(tmpdir(), "kindling-server-"));
let server: TestServer;
let photo: Buffer;

beforeAll(async () => {
  const page = join(folder, "page");
  mkdirSync(join(page, "assets"), { recursive: true });
  writeFileSync(join(page, "index.html"), "<!doctype html><title>Kindling</title>");
  writeFileSync(join(page, "assets/app-1a2b.js"), "export {};");
  writeFileSync(join(page, "assets/app-1a2b.js.br"), brotliCompressSync("export {};"));
  writeFileSync(join(folder, "secret.txt"), "not for clients");
  server = await startTestServer({ page, jobs: 1 }, [], { stopsWithTest: false });
  await writeDarkPhoto(join(folder, "dark.jpg"));
  photo = readFileSync(join(folder, "dark.jpg"));
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const formatOf = async (response: Response) =>
  (await sharp(Buffer.from(await response.arrayBuffer())).metadata()).format;
const problemOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  return (await response.json()) as { status: number; code: string; detail?: string; title: string };
};

describe("POST /v1/enhance", () => {
  test("a real photo becomes brighter by the default network, and equals what the command writes", async () => {
    const dark = samplePairs[0].photo;
    const response = await server.post("/v1/enhance", readFileSync(dark));
    expect(response.status).toBe(200);
    const lit = join(folder, "lit.webp");
    writeFileSync(lit, Buffer.from(await response.arrayBuffer()));
    expect(meanLuminance((await readPhoto(lit)).picture)).toBeGreaterThan(
      meanLuminance((await readPhoto(dark)).picture),
    );
    const none = () => undefined;
    const reporter = { start: none, progress: none, finish: none, fail: none, end: none };
    const out = join(folder, "by-command");
    const { signal } = new AbortController();
    const { finished } = await enhanceFiles([dark], { out, jobs: 1, reporter, signal });
    expect(finished).toBe(1);
    const [name = ""] = dark.split("/").slice(-1);
    expect(readFileSync(lit).equals(readFileSync(join(out, name)))).toBe(true);
    expect(Number(response.headers.get("kindling-light"))).toBeGreaterThan(1);
    expect(response.headers.get("kindling-method")).toBe("ember.free");
  });

  test("the quickest weights of a network are named, and their result is that of their name", async () => {
    // KinD has no weights in integers, so that nothing is measured.
    const small = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#221a14" } })
      .png()
      .toBuffer();
    const quickest = await server.post("/v1/enhance?method=kind.fastest", small);
    expect([quickest.status, quickest.headers.get("kindling-method")]).toEqual([200, "kind.free"]);
    const named = await server.post("/v1/enhance?method=kind.free", small);
    expect(quickest.headers.get("etag")).toBe(named.headers.get("etag"));
    expect(await quickest.arrayBuffer()).toEqual(await named.arrayBuffer());
  });

  test("a fast result is asked for by a switch, which methods leave out that cannot be fast, as other options", async () => {
    const small = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#221a14" } })
      .png()
      .toBuffer();
    expect((await server.post("/v1/enhance?fast=true", small)).status).toBe(200);
    const other = await server.post("/v1/enhance?method=clahe&fast=true&denoise=0.5", small);
    expect([other.status, decodeURIComponent(other.headers.get("kindling-notes") ?? "")]).toEqual([
      200,
      "fast: clahe cannot do this; it is left out, denoise: clahe cannot do this; it is left out",
    ]);
    expect(other.headers.get("etag")).toBe((await server.post("/v1/enhance?method=clahe", small)).headers.get("etag"));
  });

  test("the line in SERVER.md names a photo and an address that work", async () => {
    const guide = readFileSync(new URL("../../docs/SERVER.md", import.meta.url), "utf8");
    const [, path = "", address = ""] =
      /^curl --data-binary @(\S+) http:\/\/127\.0\.0\.1:8080(\S+) -o/m.exec(guide) ?? [];
    const sample = readFileSync(new URL(`../../${path}`, import.meta.url));
    expect((await server.post(`${address}?method=he`, sample)).status).toBe(200);
  });

  test.each([
    ["image/webp", "webp"],
    ["image/png;q=0.5,image/webp", "webp"],
    ["image/*", "jpeg"],
    ["*/*", "jpeg"],
  ])("Accept: %s is answered with %s", async (accept, format) => {
    const response = await server.post("/v1/enhance?method=he", photo, { accept });
    expect(response.headers.get("vary")).toBe("Accept");
    expect(response.headers.get("content-type")).toBe(`image/${format}`);
    expect(await formatOf(response)).toBe(format);
  });

  test("the option format goes before Accept, and what cannot be written is refused", async () => {
    const response = await server.post("/v1/enhance?method=he&format=png", photo, { accept: "image/webp" });
    expect(await formatOf(response)).toBe("png");
    const refused = await server.post("/v1/enhance?method=he", photo, { accept: "text/html" });
    expect(await problemOf(refused)).toMatchObject({ status: 406, code: "not-acceptable" });
  });

  test("a form has photo, mask and options as fields", async () => {
    const mask = await sharp({ create: { width: 4, height: 4, channels: 3, background: "black" } })
      .png()
      .toBuffer();
    const form = new FormData();
    form.set("light", "4");
    form.set("photo", new Blob([new Uint8Array(photo)]), "../../etc/passwd");
    form.set("mask", new Blob([new Uint8Array(mask)]), "mask.png");
    form.append("set", "clipLimit=2");
    form.set("method", "clahe");
    form.set("format", "png");
    const response = await server.post("/v1/enhance", form);
    expect(response.status).toBe(200);
    const result = await sharp(Buffer.from(await response.arrayBuffer()))
      .raw()
      .toBuffer();
    const before = await sharp(photo).raw().toBuffer();
    // A black mask leaves the photo as it is.
    expect(result.equals(before)).toBe(true);
  });

  test.each([
    ["light=7000", "light: expected"],
    ["denoise=2", "denoise: expected a number from 0 to 1"],
    ["brightness=2", "brightness: there is no such option"],
    ["method=magic", "There is no method"],
    ["method=ember.magic", "there are no weights"],
    ["method=../../../etc", "There is no method"],
    ["method=/etc/passwd", "There is no method"],
    ["set=clipLimit", "expected name=number"],
    ["light=2&light=3", "light: expected one value"],
    ["mask=/etc/passwd", "mask: there is no such option"],
    ["models=/tmp", "models: there is no such option"],
    ["stripGps=perhaps", "stripGps: expected true or false"],
    ["fast=yes", "fast: expected true or false"],
  ])("?%s is refused", async (query, reason) => {
    const problem = await problemOf(await server.post(`/v1/enhance?${query}`, photo));
    expect(problem).toMatchObject({ status: 400, code: "invalid-option" });
    expect(problem.detail).toContain(reason);
  });

  test("what is no photo, is cut short, or is not there is refused", async () => {
    const cases: readonly [Buffer, number, string][] = [
      [Buffer.from("hello"), 415, "not-a-photo"],
      [photo.subarray(0, photo.length - 100), 422, "damaged"],
      [Buffer.alloc(0), 400, "bad-request"],
    ];
    for (const [body, status, code] of cases) {
      expect(await problemOf(await server.post("/v1/enhance?method=he", body))).toMatchObject({ status, code });
    }
    const form = new FormData();
    form.set("light", "2");
    expect(await problemOf(await server.post("/v1/enhance", form))).toMatchObject({ code: "bad-request" });
  });

  test("a client that has the result is told so, and one that wants another gets it", async () => {
    const first = await server.post("/v1/enhance?method=he", photo);
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
    expect(first.headers.get("cache-control")).toBe("public, no-cache");
    const again = await server.post("/v1/enhance?method=he", photo, { "if-none-match": `"x", ${tag}` });
    expect(await problemOf(again)).toMatchObject({ status: 412, code: "precondition-failed" });
    expect(again.headers.get("etag")).toBe(tag);
    const other = await server.post("/v1/enhance?method=he&light=2", photo, { "if-none-match": tag });
    expect(other.status).toBe(200);
    expect(other.headers.get("etag")).not.toBe(tag);
  });
});

describe("POST /v1/maps", () => {
  test("both maps come as a form, one as a picture", async () => {
    const both = await server.post("/v1/maps", photo);
    expect(both.status).toBe(200);
    const form = await both.formData();
    expect([...form.keys()]).toEqual(["reflectance", "illumination"]);
    const one = await server.post("/v1/maps?map=illumination&format=webp", photo);
    expect(one.headers.get("content-type")).toBe("image/webp");
    expect(await formatOf(one)).toBe("webp");
  });

  test("a method without maps is refused with those that have them", async () => {
    const problem = await problemOf(await server.post("/v1/maps?method=lime", photo));
    expect(problem.detail).toMatch(/choose one of .*kind/);
  });
});

describe("what tells about the server", () => {
  test("methods list networks and classical methods, once", async () => {
    const response = await fetch(`${server.url}/v1/methods`);
    const { methods } = (await response.json()) as {
      methods: { name: string; isDefault: boolean; settings: object }[];
    };
    expect(methods.find(({ name }) => name === "clahe")?.settings).toHaveProperty("clipLimit");
    expect(methods.filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual([
      expect.stringMatching(/^ember\./),
    ]);
    const etag = response.headers.get("etag") ?? "";
    expect((await fetch(`${server.url}/v1/methods`, { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  test("the OpenAPI document has every option of the command line for one photo, and every problem's status", async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<
        string,
        Record<string, { parameters: { name: string; schema: object; description: string }[]; responses: object }>
      >;
    };
    const { parameters, responses } = document.paths["/v1/enhance"]["post"];
    expect(parameters.map(({ name }) => name)).toEqual(Object.keys(photoOptions));
    for (const { name, schema, description } of parameters) {
      expect(Object.keys(schema).length, name).toBeGreaterThan(0);
      expect(description, name).not.toBe("");
    }
    expect(parameters.find(({ name }) => name === "quality")?.schema).toMatchObject({ type: "number" });
    expect(parameters.find(({ name }) => name === "format")?.schema).toMatchObject({
      enum: expect.arrayContaining(["webp"]),
    });
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining([
        "200",
        "400",
        "401",
        "406",
        "408",
        "412",
        "413",
        "415",
        "422",
        "429",
        "500",
        "503",
        "504",
      ]),
    );
    expect(JSON.stringify(document)).not.toContain("flags");
  });

  test("health, readiness and figures are there", async () => {
    await server.ready;
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ status: "ready" });
    const figures = await (await fetch(`${server.url}/metrics`)).text();
    expect(figures).toMatch(/^kindling_requests_total\{route="\/v1\/enhance",method="POST",status="200"\} \d+$/m);
    expect(figures).toMatch(/^kindling_work_seconds_count\{kind="maps"\} 2$/m);
    expect(figures).toContain("process_resident_memory_bytes");
  });

  test("the page may use threads, is asked for anew, and its assets stay", async () => {
    const page = await fetch(server.url);
    expect(await page.text()).toContain("<title>Kindling</title>");
    expect(page.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(page.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const asset = await fetch(`${server.url}/assets/app-1a2b.js`, { headers: { "accept-encoding": "br" } });
    expect(asset.headers.get("cache-control")).toContain("immutable");
    // Of two forms of a file the compressed one is sent.
    expect([asset.headers.get("content-encoding"), await asset.text()]).toEqual(["br", "export {};"]);
    const etag = asset.headers.get("etag") ?? "";
    expect(etag).not.toBe("");
    // Not by fetch, which asks for a fresh copy wherever this header is given.
    const { socket, received, closed } = await openConnection(server.url, [
      "GET /assets/app-1a2b.js HTTP/1.1",
      "Host: x",
      "Accept-Encoding: br",
      `If-None-Match: ${etag}`,
      "Connection: close",
    ]);
    await closed;
    socket.destroy();
    expect(received()).toMatch(/^HTTP\/1.1 304 /);
  });

  test.each(["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt", "/nothing"])(
    "%s leads nowhere",
    async (path) => {
      const response = await fetch(server.url + path);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toContain("not for clients");
    },
  );

  test("every answer has safe headers", async () => {
    for (const path of ["/", "/v1/methods", "/nothing", "/docs/"]) {
      const { headers } = await fetch(server.url + path);
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("referrer-policy"), path).toBe("no-referrer");
      expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
      expect(headers.get("x-powered-by"), path).toBeNull();
    }
  });
});
