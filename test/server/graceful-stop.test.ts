import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { outcomeOf, runKindling, scratchFolder, startKindling } from "../support/run-kindling.ts";
import { readFigure, startTestServer, until } from "../support/test-server.ts";

/** Starts `kindling serve` and waits for its address. */
async function serve(words: readonly string[]) {
  const child = startKindling(["serve", "--port", "0", "--jobs", "1", ...words]);
  const outcome = outcomeOf(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on("data", (chunk) => {
      const [found] = /http:\/\/[\d.]+:\d+/.exec(String(chunk)) ?? [];
      if (found) resolve(found);
    });
    outcome.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { child, outcome, url };
}

test("kindling serve finishes what runs when it is stopped, refuses the rest, and ends with status 0", async () => {
  const { child, outcome, url } = await serve(["--queue", "4"]);
  const path = join(scratchFolder(), "dark.jpg");
  await writeDarkPhoto(path, { width: 900, height: 600 });
  const body = readFileSync(path);
  const post = () => fetch(`${url}/v1/enhance?method=lime`, { method: "POST", body });
  const running = [post(), post()];
  await until(async () => (await readFigure(url, "kindling_requests_in_progress")) === 2);
  child.kill("SIGTERM");
  const answers = await Promise.all(running);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  for (const answer of answers) expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  const refused = await post().then(
    ({ status }) => status,
    () => "no connection",
  );
  expect([503, "no connection"]).toContain(refused);
  const { status, stdout } = await outcome;
  expect(status).toBe(0);
  expect(stdout).toContain('"msg":"stopping"');
});

test("while it finishes what runs, it answers that it is not ready and takes no photo", async () => {
  const server = await startTestServer({ queue: 4 });
  const path = join(scratchFolder(), "dark.jpg");
  await writeDarkPhoto(path, { width: 2400, height: 1600 });
  const body = readFileSync(path);
  await server.ready;
  const leaving = new AbortController();
  const running = server.post("/v1/enhance?method=jed", body, {}, leaving.signal).catch(() => "left");
  await until(async () => (await readFigure(server.url, "kindling_requests_in_progress")) === 1);
  const stopped = server.stop();
  const readiness = await fetch(`${server.url}/readyz`);
  expect([readiness.status, await readiness.json()]).toEqual([503, { status: "stopping" }]);
  const refused = await server.post("/v1/enhance?method=gamma", body);
  expect([refused.status, await refused.json()]).toMatchObject([503, { code: "stopping" }]);
  leaving.abort();
  expect(await running).toBe("left");
  await stopped;
  await expect(fetch(`${server.url}/readyz`)).rejects.toThrow();
});

test("photos that are not done in the time for stopping are dropped and told so", async () => {
  const { child, outcome, url } = await serve(["--stop-timeout", "1"]);
  const path = join(scratchFolder(), "dark.jpg");
  await writeDarkPhoto(path, { width: 2400, height: 1600 });
  const running = fetch(`${url}/v1/enhance?method=jed`, { method: "POST", body: readFileSync(path) });
  await until(async () => (await readFigure(url, "kindling_requests_in_progress")) === 1);
  child.kill("SIGTERM");
  const answer = await running;
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ code: "stopping" });
  expect((await outcome).status).toBe(0);
});

test.each([0, 200, 400, 600])(
  "stopped %i ms after its address is there, while its workers start, it ends with status 0",
  async (ms) => {
    const { child, outcome } = await serve([]);
    await new Promise((resolve) => setTimeout(resolve, ms));
    child.kill("SIGTERM");
    const { status, stderr } = await outcome;
    expect({ status, stderr: stderr.replace(/^http.*\n/, "") }).toEqual({ status: 0, stderr: "" });
  },
);

test("a port that is taken is told on one line", async () => {
  const { child, outcome, url } = await serve([]);
  const { port } = new URL(url);
  const second = await runKindling(["serve", "--port", port]);
  expect(second).toMatchObject({ status: 2, stdout: "" });
  expect(second.stderr).toMatch(
    /^kindling: --host 127\.0\.0\.1 --port \d+: cannot listen there: the port is taken\. Choose another --port; .+\n$/,
  );
  child.kill("SIGTERM");
  await once(child, "exit");
  await outcome;
});

test("a host that the machine does not have is refused, with those that it has", async () => {
  // An address of RFC 5737, which no machine has.
  const { status, stderr } = await runKindling(["serve", "--port", "0", "--host", "192.0.2.1"]);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(
      /the host is no address of this machine\. Use --host 127\.0\.0\.1, or 0\.0\.0\.0 .+\n$/,
    ),
  });
});
