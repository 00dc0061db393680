import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** Requests that wait for their answers: work that needs them cannot be over before they are let go. */
interface HeldRequests {
  /** Settles when the first of them has come. */
  readonly asked: Promise<void>;
  release(): void;
}

/** Folders that are being served. */
export interface StaticServer {
  readonly url: string;
  /** Keeps requests for such paths waiting. */
  hold(paths: RegExp): HeldRequests;
  /** Breaks the connection of requests for such paths, until the function that it gives is called. */
  interrupt(paths: RegExp): () => void;
  close(): Promise<void>;
}

/**
 * Serves folders on a free port of this machine, as any static host does it.
 *
 * @param folders by the beginning of the address they are found under: `/` and, say, `/photos/`.
 * @param isolated adds the headers that threads need.
 */
export async function serveFolders(
  folders: Readonly<Record<string, string>>,
  { isolated }: { isolated: boolean },
): Promise<StaticServer> {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  const held = new Map<RegExp, { readonly released: Promise<void>; readonly come: () => void }>();
  const interrupted = new Set<RegExp>();
  const server: Server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const prefix = prefixes.find((candidate) => path.startsWith(candidate)) ?? "/";
    const inside = path.slice(prefix.length) || "index.html";
    const file = join(folders[prefix], inside);
    if (isolated) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    for (const [paths, { released, come }] of held) {
      if (!paths.test(path)) continue;
      come();
      await released;
    }
    if ([...interrupted].some((paths) => paths.test(path))) {
      request.socket.destroy();
      return;
    }
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
    // As hosts do that let other origins read files, the development server's preview among them.
    response.setHeader("Vary", "Origin");
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    hold(paths) {
      const [asked, come] = settleable();
      const [released, letGo] = settleable();
      held.set(paths, { released, come });
      const release = () => {
        held.delete(paths);
        letGo();
      };
      return { asked, release };
    },
    interrupt(paths) {
      interrupted.add(paths);
      return () => interrupted.delete(paths);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function settleable(): [Promise<void>, () => void] {
  let settle = () => {};
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return [promise, settle];
}
