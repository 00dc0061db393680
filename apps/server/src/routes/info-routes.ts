import type { FastifyInstance } from "fastify";
import type { Services } from "../services.ts";
import { sendFixed } from "./send-fixed.ts";

const json = "application/json; charset=utf-8";

/** Adds what tells about the server: methods, health, figures, and the OpenAPI document. */
export function addInfoRoutes(
  app: FastifyInstance,
  { methods, meter, state, admission }: Services,
  document: object,
): void {
  const config = { needsToken: true };
  const listed = JSON.stringify({ methods: methods.methods });
  app.get("/v1/methods", { config }, (request, reply) => sendFixed(request, reply, listed, json));
  const openapi = JSON.stringify(document);
  app.get("/openapi.json", (request, reply) => sendFixed(request, reply, openapi, json));
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
