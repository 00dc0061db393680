import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import fastifySwagger from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import { KindlingError } from "@kindling/node";
import type { FastifyInstance } from "fastify";
import { serverFolder } from "./server-folder.ts";

/** Where the page is: in the published package, or in the repository once it is built. */
const places = [join(serverFolder, "page"), join(serverFolder, "../web/dist")];

/**
 * Finds the folder of the built page; undefined where there is none.
 *
 * @throws {KindlingError} `not-found` where the folder given holds none.
 */
export function findPage(given: string | undefined): string | undefined {
  const hasPage = (folder: string) => existsSync(join(folder, "index.html"));
  if (given === undefined) return places.find(hasPage);
  if (hasPage(given)) return given;
  throw new KindlingError("not-found", `--page ${given}: there is no index.html. Build the page (npm run build).`);
}

/** Adds the page at `/`, and what explores the API at `/docs`. */
export async function addPageRoutes(app: FastifyInstance, folder: string | undefined, document: object): Promise<void> {
  if (folder !== undefined) {
    await app.register(fastifyStatic, {
      root: folder,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Names of assets hold a hash of their content.
        const isHashed = /[\\/]assets[\\/]/.test(path);
        reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
        // The page says itself what it may load; only this cannot be said there.
        reply.header("content-security-policy", "frame-ancestors 'none'");
      },
    });
    // A route of its own, besides that of all files, so that other methods at this address are known to be wrong.
    app.get("/", (_request, reply) => reply.sendFile("index.html"));
  }
  await app.register(fastifySwagger, { mode: "static", specification: { document: document as never } });
  await app.register(fastifySwaggerUi, {
    routePrefix: "/docs",
    staticCSP: {
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": ["'self'", "'unsafe-inline'"],
      "img-src": ["'self'", "data:", "blob:"],
      "connect-src": "'self'",
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-ancestors": "'none'",
    },
    uiConfig: { validatorUrl: null, deepLinking: false },
  });
}
