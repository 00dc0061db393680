import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** The server's program on this machine: Redis or Valkey; undefined where none is installed. */
export const redisProgram = ["redis-server", "valkey-server"].find((program) => {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

/** Why tests of a fleet skip. */
export const noRedis = "skipped: no redis-server or valkey-server on the PATH (Debian: apt-get install redis-server)";

/** A server of the test's own. */
export interface RedisServer {
  readonly url: string;
  /** Kills it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port with what it has on its disk. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/** How a server is started. */
interface RedisServerOptions {
  readonly password?: string;
  /** When answers are on the disk: `always` for a queue that loses nothing, `everysec` as most servers are run. */
  readonly fsync?: "always" | "everysec";
}

/** Starts a real server with an append-only file on a free port of this machine, in a folder of its own. */
export async function startRedis({ password, fsync = "always" }: RedisServerOptions = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "kindling-redis-"));
  const port = await freePort();
  const words = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes"];
  const durable = ["--appendfsync", fsync, ...(password === undefined ? [] : ["--requirepass", password])];
  let child: ChildProcess;
  let ended: Promise<void>;
  const start = async () => {
    child = spawn(redisProgram ?? "redis-server", [...words, ...durable], { stdio: ["ignore", "pipe", "ignore"] });
    ended = new Promise((resolve) => child.on("close", () => resolve()));
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on("data", (chunk) => String(chunk).includes("Ready to accept connections") && resolve());
      child.on("error", reject).on("close", () => reject(new Error("the server ended")));
    });
  };
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  await start();
  return {
    url: `redis://${password === undefined ? "" : `:${password}@`}127.0.0.1:${port}/0`,
    kill,
    restart: start,
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Waits until something is so. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, timeoutMs = 600_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain for: ${what}`);
    await wait(50);
  }
}
