import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { holdsTag } from "../api/result-tag.ts";
import type { Services } from "../services.ts";

/** Adds what tells about the server: methods, health, figures, and the OpenAPI document. */
export function addInfoRoutes(
  app: FastifyInstance,
  { methods, meter, state, admission }: Services,
  document: object,
): void {
  const config = { needsToken: true };
  const listed = JSON.stringify({ methods: methods.methods });
  app.get("/v1/methods", { config }, (request, reply) => sendFixed(request, reply, listed));
  const openapi = JSON.stringify(document);
  app.get("/openapi.json", (request, reply) => sendFixed(request, reply, openapi));
  app.get("/healthz", (_request, reply) => reply.header("cache-control", "no-store").send({ status: "alive" }));
  app.get("/readyz", (_request, reply) => {
    const status = state.isStopping ? "stopping" : !state.isReady ? "starting" : admission.isFull ? "full" : "ready";
    return reply
      .header("cache-control", "no-store")
      .code(status === "ready" ? 200 : 503)
      .send({ status });
  });
  app.get("/metrics", { config }, async (_request, reply) => {
    const { text, type } = await meter.read();
    return reply.header("cache-control", "no-store").type(type).send(text);
  });
}

/** Sends JSON that stays the same while the server runs; a client that has it gets 304. */
function sendFixed(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  const tag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
  reply.header("etag", tag).header("cache-control", "no-cache");
  if (holdsTag(request.headers["if-none-match"], tag)) return reply.code(304).send();
  return reply.type("application/json; charset=utf-8").send(text);
}
