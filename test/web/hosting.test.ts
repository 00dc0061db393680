import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { brotliDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../support/chromium.ts";
import { freePort } from "../support/free-port.ts";
import { serveFolders } from "../support/static-server.ts";
import { testBrowser } from "../support/test-browser.ts";
import { builtPage } from "../support/web-page.ts";

const isolating = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
const readme = readFileSync("packages/browser/README.md", "utf8");

function hasProgram(name: string): boolean {
  try {
    execFileSync(name, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const hasNginx = hasProgram("/usr/sbin/nginx");
if (!hasNginx)
  console.warn("Skipping the page behind nginx, which is not installed (Debian: apt-get install nginx-light).");

/** The headers that a host gives a path by a `_headers` file, whose rules all count (Netlify, Cloudflare Pages). */
function headersByFile(text: string, path: string): Record<string, string> {
  const found: Record<string, string> = {};
  let isMeant = false;
  for (const line of text.split("\n").filter((one) => one.trim())) {
    if (!/^\s/.test(line)) isMeant = new RegExp(`^${line.trim().replaceAll("*", ".*")}$`).test(path);
    else if (isMeant) found[line.trim().split(":", 1)[0].toLowerCase()] = line.slice(line.indexOf(":") + 1).trim();
  }
  return found;
}

/** The headers that Vercel gives a path by `vercel.json`; the sources there are regular expressions from end to end. */
function headersByVercel(text: string, path: string): Record<string, string> {
  const { headers } = JSON.parse(text) as {
    headers: { source: string; headers: { key: string; value: string }[] }[];
  };
  const meant = headers.filter(({ source }) => new RegExp(`^${source}$`).test(path));
  return Object.fromEntries(meant.flatMap((rule) => rule.headers.map(({ key, value }) => [key.toLowerCase(), value])));
}

describe("what hosts of the page are told", () => {
  const paths = ["/", "/index.html", "/assets/worker-abc.js", "/models/index.json", "/service-worker.js"];

  test("_headers and vercel.json, as they are built, isolate every file of the page", () => {
    for (const path of paths) {
      expect(headersByFile(readFileSync(join(builtPage, "_headers"), "utf8"), path), path).toMatchObject(isolating);
      expect(headersByVercel(readFileSync(join(builtPage, "vercel.json"), "utf8"), path), path).toEqual(isolating);
    }
  });

  test("the vercel.json that the README shows is the page's", () => {
    const [, shown = ""] = /`vercel\.json` beside the page:\s+`(.+)`/.exec(readme) ?? [];
    expect(JSON.parse(shown)).toEqual(JSON.parse(readFileSync("apps/web/public/vercel.json", "utf8")));
  });

  describe.skipIf(!hasChromium)("in Chromium", () => {
    const browser = testBrowser("--disable-gpu");

    async function isIsolated(url: string): Promise<boolean> {
      const context = await browser().newContext({ serviceWorkers: "block" });
      try {
        const page = await context.newPage();
        await page.goto(url);
        await page.getByRole("button", { name: "Choose photos" }).waitFor();
        return await page.evaluate(() => crossOriginIsolated);
      } finally {
        await context.close();
      }
    }

    test.each([
      ["_headers", headersByFile],
      ["vercel.json", headersByVercel],
    ] as const)("a host that reads %s gives the page threads, one that sends nothing does not", async (file, read) => {
      const rules = readFileSync(join(builtPage, file), "utf8");
      const plain = await serveFolders({ "/": builtPage }, { isolated: false });
      const host = await passOn(plain.url, (path) => read(rules, path));
      const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
      try {
        expect(await isIsolated(url)).toBe(true);
        expect(await isIsolated(plain.url)).toBe(false);
      } finally {
        host.closeAllConnections();
        host.close();
        await plain.close();
      }
    });

    test.skipIf(!hasNginx)("nginx with the two lines of the README gives the page threads", async () => {
      const lines = [...readme.matchAll(/`(add_header Cross-Origin-[^`]+;)`/g)].map(([, line]) => line);
      expect(lines).toHaveLength(2);
      const folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
      const port = await freePort();
      writeFileSync(
        join(folder, "nginx.conf"),
        `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
        ${process.getuid?.() === 0 ? "user root;" : ""}
        events {}
        http {
          include /etc/nginx/mime.types;
          access_log off;
          client_body_temp_path ${folder}/body;
          server { listen 127.0.0.1:${port}; root ${resolve(builtPage)}; ${lines.join(" ")} }
        }`,
      );
      const nginx = spawn("/usr/sbin/nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], { stdio: "ignore" });
      const ended = once(nginx, "close");
      try {
        const url = `http://127.0.0.1:${port}/`;
        for (let tries = 0; tries < 100 && !(await fetch(url).catch(() => undefined)); tries++) await wait(100);
        expect(await isIsolated(url)).toBe(true);
      } finally {
        nginx.kill("SIGTERM");
        await ended;
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
});

/** Serves what another server serves, with headers by path. */
async function passOn(from: string, headers: (path: string) => Record<string, string>): Promise<Server> {
  const server = createServer(async ({ url = "/" }, response) => {
    const answer = await fetch(new URL(url, from));
    response.writeHead(answer.status, {
      "content-type": answer.headers.get("content-type") ?? "text/plain",
      ...headers(new URL(url, from).pathname),
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

test("scripts and runtimes lie beside the page compressed, for hosts that send such files", () => {
  const folder = join(builtPage, "assets");
  const files = readdirSync(folder);
  const runtimes = files.filter((name) => name.endsWith(".wasm"));
  expect(runtimes.length).toBeGreaterThan(0);
  expect(runtimes.filter((name) => !files.includes(`${name}.br`))).toEqual([]);
  for (const name of files.filter((file) => file.endsWith(".br"))) {
    const [original, compressed] = [name.slice(0, -".br".length), name].map((file) => readFileSync(join(folder, file)));
    expect(brotliDecompressSync(compressed!).equals(original!), name).toBe(true);
    expect(compressed!.length, name).toBeLessThan(original!.length);
  }
});
