import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { scratchFolder } from "../support/run-kindling.ts";
import { startTestServer } from "../support/test-server.ts";

test("a known address asked by another method answers 405 with those it takes, an unknown one 404", async () => {
  const page = scratchFolder();
  writeFileSync(join(page, "index.html"), "<!doctype html>");
  const server = await startTestServer({ page });
  const ask = async (method: string, path: string) => {
    const response = await fetch(server.url + path, { method });
    const { code } = method === "HEAD" ? { code: undefined } : ((await response.json()) as { code: string });
    return [response.status, response.headers.get("allow"), code];
  };
  for (const path of ["/v1/enhance", "/v1/maps", "/v1/enhance?light=2"]) {
    for (const method of ["GET", "DELETE", "OPTIONS", "PROPFIND"]) {
      expect(await ask(method, path)).toEqual([405, "POST", "wrong-method"]);
    }
    expect(await ask("HEAD", path)).toEqual([405, "POST", undefined]);
  }
  for (const path of ["/", "/v1/methods", "/openapi.json", "/healthz", "/readyz", "/metrics"]) {
    expect(await ask("POST", path)).toEqual([405, "GET, HEAD", "wrong-method"]);
  }
  for (const method of ["GET", "POST"]) expect(await ask(method, "/v1/nothing")).toEqual([404, null, "no-route"]);
});

test("an error about the depth names the field of the request", async () => {
  const server = await startTestServer({ page: undefined });
  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#221a14" } })
    .jpeg()
    .toBuffer();
  const detailOf = async (query: string) => {
    const response = await server.post(`/v1/enhance?method=gamma&${query}`, photo);
    expect(response.status).toBe(400);
    return ((await response.json()) as { detail: string }).detail;
  };
  expect(await detailOf("depth=12")).toBe("depth: expected keep, 8 or 16.");
  expect(await detailOf("depth=16&format=webp")).toBe(
    "photo: depth 16: WEBP holds 8 bits a sample. Choose the format png, tiff or avif.",
  );
});
