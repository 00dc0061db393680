import { once } from "node:events";
import { connect } from "node:net";
import { Writable } from "node:stream";
import { type ReadFleet, type RunningServer, type ServerOptions, serverOptions, startServer } from "@kindling/server";
import { onTestFinished } from "vitest";

/** A server of a test, and what it logged. */
export interface TestServer extends RunningServer {
  /** The whole log so far. */
  log(): string;
  post(
    path: string,
    body: BodyInit | Uint8Array,
    headers?: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Response>;
}

/** Starts the real server on a free port; it stops with the test. Options not given are the defaults, but for one worker. */
export async function startTestServer(
  options: Partial<Record<keyof ServerOptions, unknown>> = {},
  tokens: readonly string[] = [],
  { stopsWithTest = true, readFleet }: { stopsWithTest?: boolean; readFleet?: ReadFleet } = {},
): Promise<TestServer> {
  const lines: string[] = [];
  const log = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const server = await startServer(serverOptions.parse({ port: 0, jobs: 1, ...options }), { tokens, log, readFleet });
  if (stopsWithTest) onTestFinished(() => server.stop());
  return {
    ...server,
    log: () => lines.join(""),
    post: (path, body, headers = {}, signal) =>
      fetch(server.url + path, { method: "POST", body: body as BodyInit, headers, ...(signal && { signal }) }),
  };
}

/** Opens a bare connection and writes the head of a request; the body is the test's. */
export async function openConnection(url: string, head: readonly string[]) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk;
  });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  return { socket, received: () => received, closed: once(socket, "close") };
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** The value of a figure that a server tells Prometheus. */
export async function readFigure(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text
    .split("\n")
    .find((candidate) => candidate.startsWith(`${name} `) || candidate.startsWith(`${name}{`));
  return Number(line?.split(" ").at(-1) ?? Number.NaN);
}
