import { expect, test } from "vitest";
import { malformedFiles } from "../reliability/malformed-files.ts";
import { scratchFolder } from "../support/run-kindling.ts";
import { readFigure, startTestServer } from "../support/test-server.ts";

test("malformed files are answered with a picture or with what is wrong, and the server stays", async () => {
  const server = await startTestServer({ maxMegapixels: 20, queue: 8 });
  const statuses = new Map<number, number>();
  for (const { name, bytes } of await malformedFiles(120, 18, scratchFolder())) {
    const response = await server.post("/v1/enhance?method=he", bytes);
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    expect([200, 400, 413, 415, 422], name).toContain(response.status);
    if (response.status === 200) await response.arrayBuffer();
    else expect(await response.json(), name).toMatchObject({ status: response.status, detail: expect.any(String) });
  }
  expect(statuses.get(200)).toBeGreaterThan(0);
  expect(statuses.get(422)).toBeGreaterThan(0);
  expect(await readFigure(server.url, "kindling_requests_in_progress")).toBe(0);
  expect(server.log()).not.toContain('"msg":"failed"');
});

test.each([
  ["without a boundary", "multipart/form-data", "photo"],
  ["with an empty boundary", "multipart/form-data; boundary=", "photo"],
  ["without a part", "multipart/form-data; boundary=a", "photo"],
  [
    "cut short",
    "multipart/form-data; boundary=a",
    '--a\r\nContent-Disposition: form-data; name="photo"; filename="p.jpg"\r\n\r\nabc',
  ],
])("a form %s is answered with what is wrong", async (_, type, body) => {
  const server = await startTestServer({ maxMegapixels: 20, queue: 8 });
  const response = await fetch(`${server.url}/v1/enhance`, {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining("The form cannot be read") });
});
