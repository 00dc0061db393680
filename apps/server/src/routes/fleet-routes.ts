import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { fleetProgress, type ReadFleet } from "../api/fleet-progress.ts";
import { shareLooks } from "../api/share-looks.ts";
import { RequestError } from "../problems/problem.ts";
import { sendFixed } from "./send-fixed.ts";
import { serverFolder } from "./server-folder.ts";

/** Time for which an answer of the queue is given to all who ask: any number of open pages costs it one look a second. */
const freshMs = 1000;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The files of the page by their addresses. They know each other and the API by relative ones. */
const files = {
  "/fleet": ["fleet-page/page.html", "text/html; charset=utf-8"],
  "/fleet/page.css": ["fleet-page/page.css", "text/css; charset=utf-8"],
  "/fleet/page.js": ["dist/fleet-page/page.js", "text/javascript; charset=utf-8"],
  "/fleet/describe-progress.js": ["dist/fleet-page/describe-progress.js", "text/javascript; charset=utf-8"],
} as const;

/** Adds the progress of a fleet: as JSON at `/v1/fleet`, as a page at `/fleet`. */
export function addFleetRoutes(app: FastifyInstance, readFleet: ReadFleet): void {
  const read = shareLooks(async () => {
    try {
      return await readFleet();
    } catch (error) {
      // Once a look, not once for each page that asks.
      app.log.warn({ err: error }, "the queue of the fleet does not answer");
      throw new RequestError("fleet-away");
    }
  }, freshMs);
  app.get("/v1/fleet", { config: { needsToken: true, isPolled: true } }, async (_request, reply) => {
    // Nothing beyond what the OpenAPI document tells.
    return reply.header("cache-control", "no-store").send(fleetProgress.parse(await read()));
  });
  for (const [address, [path, type]] of Object.entries(files)) {
    const text = readFileSync(join(serverFolder, path), "utf8");
    app.get(address, (request, reply) =>
      sendFixed(request, reply.header("content-security-policy", policy), text, type),
    );
  }
  app.get("/fleet/", (_request, reply) => reply.redirect("../fleet", 308));
}
