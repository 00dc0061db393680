import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { scratchFolder } from "../support/run-kindling.ts";
import { openConnection, readFigure, startTestServer, until } from "../support/test-server.ts";

/** A small photo. */
async function darkPhoto(): Promise<Buffer> {
  const path = join(scratchFolder(), "dark.jpg");
  await writeDarkPhoto(path);
  return readFileSync(path);
}

/** A photo that a slow method works on for long, whatever the machine. */
async function largePhoto(): Promise<Buffer> {
  const path = join(scratchFolder(), "large.jpg");
  await writeDarkPhoto(path, { width: 2400, height: 1600 });
  return readFileSync(path);
}

const slow = "/v1/enhance?method=jed";
const quick = "/v1/enhance?method=he";
const inProgress = "kindling_requests_in_progress";

test("beyond its capacity a server answers 503 at once, and clients that go away free their places", async () => {
  const server = await startTestServer({ queue: 1 });
  const [large, dark] = [await largePhoto(), await darkPhoto()];
  const leaving = new AbortController();
  const taken = [0, 1].map(() =>
    server.post(slow, large, {}, leaving.signal).then(
      () => "answered",
      () => "left",
    ),
  );
  await until(async () => (await readFigure(server.url, inProgress)) === 2);
  const refused = await Promise.all(Array.from({ length: 40 }, () => server.post(quick, dark)));
  for (const response of refused) {
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ code: "busy", retryable: true });
  }
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  // Both were still waited for while all others were refused.
  expect(await readFigure(server.url, inProgress)).toBe(2);
  leaving.abort();
  expect(await Promise.all(taken)).toEqual(["left", "left"]);
  await until(async () => (await readFigure(server.url, inProgress)) === 0);
  expect((await server.post(quick, dark)).status).toBe(200);
});

test("a photo that takes too long is stopped, and the next one is worked on", async () => {
  const server = await startTestServer({ timeout: 1 });
  const response = await server.post(slow, await largePhoto());
  expect(response.status).toBe(504);
  expect(await response.json()).toMatchObject({ code: "timed-out", detail: expect.stringContaining("1 s") });
  await until(async () => (await readFigure(server.url, inProgress)) === 0);
  const dark = await darkPhoto();
  await until(async () => (await server.post(quick, dark)).status === 200);
});

/** The problem that an answer holds, read as bytes: its status line and headers must say the same. */
function problemIn(answer: string): { readonly status: number } {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  expect(head).toContain("Content-Type: application/problem+json");
  expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
  const problem = JSON.parse(body) as { readonly status: number };
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${problem.status} `));
  return problem;
}

test("uploads that come too slowly or break off free their places", async () => {
  const server = await startTestServer({ queue: 0, uploadTimeout: 1 });
  const head = [`POST ${quick} HTTP/1.1`, "Host: x", "Content-Type: image/jpeg", "Content-Length: 1000"];
  const loris = await openConnection(server.url, head);
  loris.socket.write("x");
  await until(async () => (await readFigure(server.url, inProgress)) === 1);
  const dark = await darkPhoto();
  expect((await server.post(quick, dark)).status).toBe(503);
  await loris.closed;
  expect(problemIn(loris.received())).toMatchObject({ status: 408, code: "upload-too-slow", retryable: true });
  await until(async () => (await readFigure(server.url, inProgress)) === 0);

  const broken = await openConnection(server.url, head);
  broken.socket.write("y");
  await until(async () => (await readFigure(server.url, inProgress)) === 1);
  broken.socket.destroy();
  await until(async () => (await readFigure(server.url, inProgress)) === 0);
  await until(async () => (await server.post(quick, dark)).status === 200);
});

test("what is no HTTP, and headers that are too large, are answered with a problem", async () => {
  const server = await startTestServer();
  for (const [head, status, code] of [
    ["PHOTO", 400, "bad-request"],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${"a".repeat(20_000)}`, 431, "headers-too-large"],
  ] as const) {
    const { received, closed } = await openConnection(server.url, [head]);
    await closed;
    expect(problemIn(received())).toMatchObject({ status, code });
  }
});

test("headers that never end are cut off", async () => {
  const server = await startTestServer({ uploadTimeout: 1 });
  const { socket, received, closed } = await openConnection(server.url, []);
  socket.write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  await closed;
  expect(received()).toMatch(/^HTTP\/1.1 40[08]/);
});

test("requests of too many bytes and photos of too many pixels are refused", async () => {
  const server = await startTestServer({ maxMegabytes: 0.1, maxMegapixels: 0.5 });
  const oversized = await server.post(quick, Buffer.alloc(200_000));
  expect(oversized.status).toBe(413);
  expect(await oversized.json()).toMatchObject({ code: "too-large", detail: expect.stringContaining("bytes") });
  const form = new FormData();
  form.set("photo", new Blob([new Uint8Array(200_000)]), "a.jpg");
  expect((await server.post(quick, form)).status).toBe(413);
  const wide = await sharp({ create: { width: 1000, height: 1000, channels: 3, background: "#222" } })
    .jpeg()
    .toBuffer();
  const refused = await server.post(quick, wide);
  expect(refused.status).toBe(413);
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining("1000 x 1000") });
});

test("the API asks for a token, and no token, name, address or place is logged or answered", async () => {
  const tokens = ["first-secret-token-123456", "second-secret-token-98765"];
  const server = await startTestServer({ logLevel: "debug" }, tokens);
  const dark = await darkPhoto();
  const refused = await server.post(`${quick}&set=my-private-query`, dark, {
    authorization: "Bearer wrong-secret-guess-1",
  });
  expect(refused.status).toBe(401);
  expect(refused.headers.get("www-authenticate")).toContain("Bearer");
  const told = await refused.text();
  expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const form = new FormData();
  form.set("photo", new Blob([new Uint8Array(dark)]), "holiday-with-anna.jpg");
  for (const token of tokens) {
    const response = await server.post(quick, form, {
      authorization: `Bearer ${token}`,
      "user-agent": "private-agent",
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toContain("private");
  }
  const damaged = await server.post(quick, dark.subarray(0, 900), { authorization: `Bearer ${tokens[0]}` });
  const everything = server.log() + told + (await damaged.text());
  expect(server.log()).toContain('"route":"/v1/enhance"');
  for (const secret of [...tokens, "wrong-secret", "private", "anna", "127.0.0.1", "authorization"]) {
    // Listening is told with the address of the server itself.
    const lines = everything.split("\n").filter((line) => line.includes(secret) && !line.includes("Server listening"));
    expect(lines, secret).toEqual([]);
  }
});

test("one client cannot send more photos in a minute than allowed", async () => {
  const server = await startTestServer({ rateLimit: 2 });
  const dark = await darkPhoto();
  const statuses: number[] = [];
  for (let i = 0; i < 4; i++) {
    const response = await server.post(quick, dark);
    statuses.push(response.status);
    if (response.status !== 429) continue;
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ code: "rate-limited" });
  }
  expect(statuses).toEqual([200, 200, 429, 429]);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});
